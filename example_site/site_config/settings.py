"""Settings of the example site. A demo: its keys are public, its DEBUG is on."""

from __future__ import annotations

import os

import django

from . import environment

EXAMPLE = environment.EXAMPLE
STATE = environment.state_folder()
TASKS_BY = environment.tasks()
DATABASES = {"default": environment.database(STATE)}
PORT = os.environ.get("EXAMPLE_PORT") or "8000"

DEBUG = True
SECRET_KEY = "demo-key-of-the-example-site-never-use-it-elsewhere"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "site_config.urls"
WSGI_APPLICATION = "site_config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "website",
    "mailbox",
    "wagtail_consent",
    "wagtail_consent.mailing",
    "wagtail_consent.optin",
    "wagtail_consent.cookies",
    "crispy_forms",
    "django_countries",
    "django_tasks",
    *environment.TASK_APPS[TASKS_BY],
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *environment.database_apps(DATABASES["default"]),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [EXAMPLE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# MariaDB and MySQL lack a constraint of Wagtail's own; its form guards it, too.
SILENCED_SYSTEM_CHECKS = ["models.W036"]

MEDIA_ROOT = STATE / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"

USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
LANGUAGE_CODE = "en"
LOCALE_PATHS = [EXAMPLE / "locale"]
FORMAT_MODULE_PATH = ["site_config.formats"]
LANGUAGES = [("en", "English"), ("de", "Deutsch")]

WAGTAIL_SITE_NAME = "Lohwald"
# The admin asks nobody outside: no avatars, no news, no look for updates.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{PORT}"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILDOCS_DOCUMENT_MODEL = "website.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf"]

DEFAULT_FROM_EMAIL = "Lohwald <post@lohwald.example>"
MAILBOX_FOLDER = STATE / "mail"
MAILER = environment.mailer(STATE)
if django.VERSION >= (6, 1):
    MAILERS = {"default": MAILER}
else:
    EMAIL_BACKEND = MAILER["BACKEND"]
    EMAIL_HOST = MAILER["OPTIONS"].get("host", "localhost")
    EMAIL_PORT = MAILER["OPTIONS"].get("port", 25)

TASKS = {"default": {"BACKEND": environment.TASK_BACKENDS[TASKS_BY]}}
if TASKS_BY == "rq":
    RQ_QUEUES = {"default": {"URL": environment.redis_url()}}
    RQ = {"JOB_CLASS": "django_tasks_rq.Job"}

CRISPY_ALLOWED_TEMPLATE_PACKS = ["consent"]

WAGTAIL_CONSENT = {
    # A demo key: anyone can read it here. A real site keeps its own secret.
    "KEYS": ["demo-key-of-the-example-site-never-use-it-elsewhere"],
    "BASE_TEMPLATE": "base.html",
    # Guides and seals, outside of what the web server gives away.
    "PRIVATE_ROOT": STATE / "private",
}
