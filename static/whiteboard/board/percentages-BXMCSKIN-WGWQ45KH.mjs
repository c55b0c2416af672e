import{a,b as o,c as r}from"./chunk-ALHYG4JY.mjs";import"./chunk-N32TCPAV.mjs";import"./chunk-Z5ZZ24WT.mjs";export{r as default,a as en,o as kaa};
