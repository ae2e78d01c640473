// scripts/slim.mjs unused GLUE WASM: takes out of the glue the classes that no page imports, and out of the
// module the exports that the glue doesn't mention any more, so that wasm-opt can drop what is behind them.
// scripts/slim.mjs rename GLUE NAMES: gives the glue the short names that wasm-opt gave the module.
import { readFileSync, writeFileSync } from 'node:fs';

const [step, glueFile, other] = process.argv.slice(2);
let glue = readFileSync(glueFile, 'utf8');

if (step === 'unused') {
  const { default: binaryen } = await import('binaryen');
  const classes = [...glue.matchAll(/^export class (\w+) \{$/gm)].map(([, name]) => name);
  for (const name of classes) {
    glue = glue
      .replace(new RegExp(`^export class ${name} \\{\n[^]*?^\\}\n`, 'm'), '')
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\.prototype.*\n`, 'm'), '')
      .replace(new RegExp(`^const ${name}Finalization = [^]*?;\n`, 'm'), '');
    if (new RegExp(`\\b${name}\\b`).test(glue)) throw new Error(`the glue still speaks of the class ${name}`);
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
    if (!whole.test(glue)) throw new Error(`the glue doesn't have ${name}`);
    // A function, since `$` means something in a replacement.
    glue = glue.replace(whole, () => short);
  }
} else {
  throw new Error('usage: scripts/slim.mjs unused GLUE WASM | rename GLUE NAMES');
}
writeFileSync(glueFile, glue);
