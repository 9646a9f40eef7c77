#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Takes webhooks over TLS on 127.0.0.1 and keeps them: webhook_receiver.py PORT CERTIFICATE KEY FILE
# STATUS. A line of JSON for each POST, which is answered with the status.
import http.server
import json
import ssl
import sys

port, certificate, key, file, status = sys.argv[1:]


class Keep(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        with open(file, "a", encoding="utf-8") as out:
            out.write(json.dumps({"path": self.path, "headers": headers, "body": body}) + "\n")
        self.send_response(int(status))
        self.send_header("Content-Length", "0")
        self.end_headers()


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server = http.server.HTTPServer(("127.0.0.1", int(port)), Keep)
server.socket = context.wrap_socket(server.socket, server_side=True)
print("ready", flush=True)
server.serve_forever()
