import{ok as a,pk as t,qk as e}from"./chunk-GXEAO75R.mjs";import"./chunk-N32TCPAV.mjs";import"./chunk-Z5ZZ24WT.mjs";export{e as decodePngMetadata,t as encodePngMetadata,a as getTEXtChunk};
