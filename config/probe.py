"""`python -m config.probe [path]`: exit 0 when this container's web server says it is well. For health checks.

Speaks as the public host name, because the server answers to no other.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

DEFAULT_PATH = "/healthz"


def is_well(path: str) -> bool:
    host = urlsplit(os.environ.get("SITE_URL", "")).hostname or "127.0.0.1"
    server = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=3)
    try:
        server.request("GET", path, headers={"Host": host})
        return server.getresponse().status == http.client.OK
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_well(sys.argv[1] if len(sys.argv) > 1 else DEFAULT_PATH) else 1)
