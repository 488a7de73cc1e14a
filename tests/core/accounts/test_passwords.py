"""Which passwords are taken, and how they are kept."""

import pytest
from django.conf import settings as site
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from soc_tracker import settings as deployed
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "short-1-Az.",
        "918273645091",
        "password1234",
        "P@ssw0rd1234",
        "qwertyuiop123",
        "iloveyou iloveyou",
        "manchesterunited",
        "Liverpool2024!",
        "soc tracker soc tracker",
        "SOC-Tracker-Police",
        "organised crime 2023",
        "CheshireConstabulary1",
        "priya-shah-1990",
    ],
)
def test_what_would_be_guessed_is_refused(password):
    make_organisation("Cheshire Constabulary")
    user = User(username="priya", first_name="Priya", last_name="Shah", email="priya.shah@example.org")
    with pytest.raises(ValidationError):
        validate_password(password, user)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "kV9#mmQz21pL",
        "lantern-gravel-otter-hymn",
        "long enough for anyone",
        "ö" * 3 + "wjxkqpvbn",
    ],
)
def test_what_would_not_is_taken(password):
    make_organisation("Cheshire Constabulary")
    validate_password(password, User(username="priya"))


def test_a_long_password_is_looked_at_as_quickly_as_a_short_one():
    validate_password("lantern-gravel-otter-hymn" * 400, User(username="priya"))


def test_the_refusal_says_what_to_do():
    with pytest.raises(ValidationError, match="three or four words that do not belong together"):
        validate_password("PoliceTracker2023")


def test_passwords_are_hashed_by_argon2_and_older_hashes_still_hold():
    assert site.PASSWORD_HASHERS != deployed.PASSWORD_HASHERS  # a quick one, for tests
    with override_settings(PASSWORD_HASHERS=deployed.PASSWORD_HASHERS):
        user = User(username="priya", password=make_password("lantern-gravel-otter-hymn", hasher="pbkdf2_sha256"))
        user.save()
        assert user.check_password("lantern-gravel-otter-hymn")
        user.refresh_from_db()
        assert user.password.startswith("argon2$argon2id$")
