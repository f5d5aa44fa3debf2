import { foundAfter, MUTANTS } from "./mutants";

async function main() {
  for (const mutant of MUTANTS) {
    const start = Date.now();
    const found = await foundAfter(mutant, Number(process.argv[2] ?? 3000));
    process.stdout.write(
      `${String(found).padStart(9)}  ${((Date.now() - start) / 1000).toFixed(1)} s  ${mutant.what}\n`,
    );
  }
}
void main();
