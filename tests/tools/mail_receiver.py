#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# A mail server on 127.0.0.1 that demands STARTTLS and a sign-in, and keeps what it takes:
# mail_receiver.py PORT CERTIFICATE KEY FILE USER PASSWORD. A line of JSON for each mail: who sent it
# to whom, its header decoded, and its text.
import email
import email.policy
import json
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

port, certificate, key, file, user, password = sys.argv[1:]


class Keep:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = message.get_body(preferencelist=("plain",))
        with open(file, "a", encoding="utf-8") as out:
            out.write(json.dumps({
                "from": envelope.mail_from, "to": envelope.rcpt_tos,
                "tls": session.ssl is not None, "user": session.auth_data,
                "subject": message["Subject"], "date": message["Date"],
                "message_id": message["Message-ID"], "text": body.get_content(),
                "raw": envelope.content.decode("ascii"),
            }) + "\n")
        return "250 OK"


def sign_in(server, session, envelope, mechanism, given):
    is_right = given.login == user.encode() and given.password == password.encode()
    return AuthResult(success=is_right, auth_data=user if is_right else None)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, tls_context=context, require_starttls=True, auth_required=True,
                    authenticator=sign_in, hostname="localhost")


Server(Keep(), hostname="127.0.0.1", port=int(port)).start()
print("ready", flush=True)
while True:
    time.sleep(60)
