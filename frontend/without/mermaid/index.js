// Excalidraw would load Mermaid (97 MB, inline styles) to draw flowcharts. Here the server reads them, so this is never
// reached: the board hides Excalidraw's own dialog.
export async function parseMermaidToExcalidraw() {
  throw new Error("Mermaid is read on the server.");
}
