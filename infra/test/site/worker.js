worker.js
