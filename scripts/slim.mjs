// Shrinks what wasm-bindgen writes, in two steps around wasm-opt; see scripts/bundle.
// scripts/slim.mjs unused GLUE WASM [CLASS]: removes classes that nobody imports, all but CLASS, from the JavaScript
// glue, and the exports that the glue then no longer uses from the module, so that wasm-opt can drop the code behind them.
// scripts/slim.mjs rename GLUE NAMES: renames imports and exports in the glue as wasm-opt renamed them in the module.
import { readFileSync, writeFileSync } from 'node:fs';

const [step, glueFile, other, wanted] = process.argv.slice(2);
let glue = readFileSync(glueFile, 'utf8');

if (step === 'unused') {
  const { default: binaryen } = await import('binaryen');
  const classes = [...glue.matchAll(/^export class (\w+) \{$/gm)].map(([, name]) => name).filter((name) => name !== wanted);
  for (const name of classes) {
    glue = glue
      .replace(new RegExp(`^export class ${name} \\{\n[^]*?^\\}\n`, 'm'), '')
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\.prototype.*\n`, 'm'), '')
      .replace(new RegExp(`^const ${name}Finalization = [^]*?;\n`, 'm'), '');
    if (new RegExp(`\\b${name}\\b`).test(glue)) throw new Error(`the glue still uses the class ${name}`);
  }
  const module = binaryen.readBinary(readFileSync(other));
  const exports = Array.from({ length: module.getNumExports() }, (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)).name);
  for (const name of exports) {
    if (!new RegExp(`\\bwasm\\.${name}\\b`).test(glue)) module.removeExport(name);
  }
  writeFileSync(other, module.emitBinary());
} else if (step === 'rename') {
  const { imports, exports } = JSON.parse(readFileSync(other, 'utf8'));
  const names = new Map();
  for (const [module, name, short] of imports) {
    names.set(`"${module}": import0`, `a: import0`);
    names.set(`${name}: function`, `${short}: function`);
  }
  for (const [name, short] of exports) names.set(`wasm.${name}`, `wasm.${short}`);
  for (const [name, short] of names) {
    const whole = new RegExp(`(?<![\\w$])${name.replace(/[.$]/g, '\\$&')}(?![\\w$])`, 'g');
    if (!whole.test(glue)) throw new Error(`${name} is not in the glue`);
    // A function, because `$` has a special meaning in a replacement string.
    glue = glue.replace(whole, () => short);
  }
} else {
  throw new Error('usage: scripts/slim.mjs unused GLUE WASM | rename GLUE NAMES');
}
writeFileSync(glueFile, glue);
