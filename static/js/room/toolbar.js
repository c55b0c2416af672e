// Buttons that put Markdown into the text, by way of the browser's own editing so that undo works.

const PIECES = {
  bold: (chosen) => `**${chosen || "bold"}**`,
  list: (chosen) => (chosen || "first\nsecond").split("\n").map((line) => `- ${line}`).join("\n"),
  code: (chosen) => (chosen.includes("\n") ? `\`\`\`\n${chosen}\n\`\`\`` : `\`${chosen || "code"}\``),
  table: () => "\n| column | column |\n| --- | --- |\n| value | value |\n",
  diagram: () => "\n```mermaid\nflowchart LR\n  client[Client] --> api[API]\n  api --> store[(Database)]\n```\n",
};

export function wireToolbar(editor) {
  const area = editor.querySelector("textarea");
  const put = (kind) => {
    if (area.readOnly) return;
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    area.focus();
    // Deprecated, and still the only way to insert text that undo knows about.
    if (!document.execCommand("insertText", false, PIECES[kind](chosen))) {
      area.setRangeText(PIECES[kind](chosen), area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  editor.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) put(button.dataset.insert);
  });
  area.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "b") {
      event.preventDefault();
      put("bold");
    }
  });
}
