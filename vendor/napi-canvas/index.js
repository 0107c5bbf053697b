// pdfjs-dist asks for this only in Node; the browser draws on its own canvas.
export {};
