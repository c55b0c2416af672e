// Older Node has the browser's source of chance under another name.

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
