"""A provider of single sign-on that lies when it is told to: ``python -m tests.core.accounts.oidc_provider PORT``.

It is oidc-provider-mock, which answers as a provider should, and accepts any client and any secret. ``PUT /lies`` says
which claims of the next ID tokens are others (null: left out), whether another key signs them, and of what
algorithm they claim to be; ``GET /asked`` what the last request for a token held.
"""

import json
import sys
import warnings
from base64 import urlsafe_b64encode

warnings.simplefilter("ignore")  # of the packages that they import in turn

import flask
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import extract_compact
from oidc_provider_mock import app as make_app
from werkzeug.serving import run_simple

TOKEN = "/oauth2/token"
app = make_app()
lies: dict = {}
asked: dict = {}


@app.put("/lies")
def lie() -> tuple[str, int]:
    lies.clear()
    lies.update(flask.request.json)
    return "", 204


@app.get("/asked")
def tell() -> flask.Response:
    return flask.jsonify(asked)


@app.after_request
def answer(response: flask.Response) -> flask.Response:
    if flask.request.path == "/.well-known/openid-configuration" and "issuer" in lies:
        response.set_data(json.dumps(response.json | {"issuer": lies["issuer"]}))
    if flask.request.path == "/userinfo" and "userinfo" in lies:
        response.set_data(json.dumps(response.json | lies["userinfo"]))
    if flask.request.path == TOKEN and response.status_code == 200:
        asked.clear()
        asked.update(flask.request.form)
        body = response.json
        body["id_token"] = forge(body["id_token"])
        response.set_data(json.dumps(body))
    return response


def forge(token: str) -> str:
    original = extract_compact(token.encode())
    claims = json.loads(original.payload) | lies.get("claims", {})
    claims = {name: value for name, value in claims.items() if value is not None}
    header = dict(original.headers())
    if lies.get("alg") == "none":
        parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
        return ".".join([*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])
    own = RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
    return jwt.encode(header, claims, RSAKey.generate_key(2048) if lies.get("other_key") else own)


if __name__ == "__main__":
    run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True)
