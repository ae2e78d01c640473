twenty.js
