"""A mail server for tests: python3-aiosmtpd, with the failures that one asks of it.

  smtp_server.py FOLDER [PORT]

Prints its port. Letters that it accepted are written to FOLDER/1.eml,
2.eml …, the recipient in the line X-Recipient. What FOLDER/behaviour says (JSON) holds from the next
command on:
  {"greeting": "554 no"}  {"mail": "451 later"}  {"rcpt": "550 …"}  {"data": "451 …"}
  {"body": "554 …"}         the reply after the letter
  {"hang": true}            the letter is accepted, and the reply comes after a minute
  {"lose_reply": true}      the letter is accepted, and the connection ends without a reply
"""

import asyncio
import json
import os
import sys

from aiosmtpd.smtp import SMTP

folder = sys.argv[1]
count = 0


def behaviour(name):
    try:
        with open(os.path.join(folder, "behaviour"), encoding="utf-8") as file:
            return json.load(file).get(name)
    except FileNotFoundError:
        return None


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if behaviour("mail"):
            return behaviour("mail")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if behaviour("rcpt"):
            return behaviour("rcpt").replace("ADDRESS", address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        if behaviour("body"):
            return behaviour("body")
        count += 1
        path = os.path.join(folder, f"{count}.eml")
        with open(path + ".part", "wb") as file:
            file.write(b"X-Recipient: " + ",".join(envelope.rcpt_tos).encode() + b"\r\n")
            file.write(envelope.original_content)
        os.rename(path + ".part", path)
        if behaviour("hang"):
            await asyncio.sleep(60)
        if behaviour("lose_reply"):
            server.transport.abort()
        return "250 2.0.0 accepted"


class Server(SMTP):
    async def push(self, status):
        if isinstance(status, str) and status.startswith("220") and behaviour("greeting"):
            status = behaviour("greeting")
        await super().push(status)

    async def smtp_DATA(self, arg):
        if behaviour("data"):
            await self.push(behaviour("data"))
        else:
            await super().smtp_DATA(arg)


async def serve():
    server = await asyncio.get_running_loop().create_server(
        lambda: Server(Handler(), hostname="mail.test"), "127.0.0.1",
        int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


asyncio.run(serve())
