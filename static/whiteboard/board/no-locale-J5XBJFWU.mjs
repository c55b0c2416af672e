import"./chunk-Z5ZZ24WT.mjs";var e={};export{e as default};
