"""The company behind the demo. It does not exist; nor do its places and people."""

NAME = "Lohwald Holzfaser GmbH"
STREET = "Sägmühle 7"
TOWN = "87999 Lohwald"
COUNTRY = "DE"
EMAIL = "post@lohwald.example"
PRIVACY_EMAIL = "datenschutz@lohwald.example"
# From the numbers that Germany keeps free for films.
PHONE = "+49 89 99998 407"
