start.js
