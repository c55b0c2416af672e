import"./chunk-Z5ZZ24WT.mjs";async function r(){throw new Error("Mermaid is read on the server.")}export{r as parseMermaidToExcalidraw};
