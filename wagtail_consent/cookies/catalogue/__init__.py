"""The usual services: facts and texts as JSON, and what adds them to a site."""
