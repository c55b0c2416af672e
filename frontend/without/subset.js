// Excalidraw would cut fonts down to the letters used before it embeds them in an exported drawing: 1.8 MB of WebAssembly
// in a worker. The bundled fonts are small, so they go in whole, and neither worker nor WebAssembly is needed.

export const Commands = { Subset: "SUBSET" };

export const toBase64 = async (buffer) => {
  const bytes = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return `data:font/woff2;base64,${btoa(bytes.join(""))}`;
};

export const subsetToBase64 = toBase64;
