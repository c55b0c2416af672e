// Says that nothing reaches the server, and what to do about it, once and calmly, until everything is sent.

const KEPT = "Offline. What you type is kept in this browser and sent when the network is back.";
const NOT_KEPT = "Offline, and this browser cannot keep a copy. Stay on this page until the network is back.";
const SIGNED_OUT = "You are signed out. Sign in again in another tab, and what you type is sent; until then it is kept in this browser.";
const SIGNED_OUT_NOT_KEPT = "You are signed out, and this browser cannot keep a copy. Stay on this page, sign in again in another tab, and it is sent.";
const FULL = "This browser cannot keep a copy. What you type is still saved on the server while you are online.";

export class Offline {
  #isShown = false;

  constructor(drafts, announce) {
    this.drafts = drafts;
    this.announce = announce;
    this.box = document.getElementById("offline");
    window.addEventListener("offline", () => this.update());
    window.addEventListener("online", () => this.update());
    drafts.onChange(() => this.update());
    drafts.onSaved(() => this.update());
    this.update();
  }

  update() {
    const { drafts } = this;
    // Gone only when all is sent: the network that is back for a moment is no reason to relax.
    const isAway = drafts.isOffline || (this.#isShown && drafts.isDirty && drafts.all.some(({ failed }) => failed));
    const isSignedOut = navigator.onLine && drafts.all.some(({ failed }) => failed === "signedout");
    if (isSignedOut) return this.#say(drafts.cannotKeep ? SIGNED_OUT_NOT_KEPT : SIGNED_OUT);
    const text = isAway ? (drafts.cannotKeep ? NOT_KEPT : KEPT) : drafts.cannotKeep ? FULL : "";
    if (this.#isShown && !isAway && !drafts.isDirty) this.announce("Back online. Everything is saved.");
    this.#isShown = isAway;
    this.#say(text);
  }

  #say(text) {
    if (this.box.textContent !== text) this.box.textContent = text;
  }
}
