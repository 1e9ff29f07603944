from .well_known import gpc

__all__ = ["gpc"]
