// Loads the game. The addresses are attributes of the script's own tag, so this file never changes.
const { js, wasm } = document.getElementById('start').dataset;
try {
  const page = await import(js);
  await page.default({ module_or_path: wasm });
  page.start();
} catch (error) {
  document.querySelector('main button').textContent = 'The game could not be loaded. Please reload the page.';
  throw error;
}
