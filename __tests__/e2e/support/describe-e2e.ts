/**
 * A block of end-to-end tests; where they cannot run, it is skipped and its title says why: nothing can, or `missing` says
 * what these need beside the rest.
 */
export function describeE2e(title: string, body: () => void, missing?: string): void {
  const reason = process.env.E2E_SKIPPED ?? missing;
  if (reason) describe.skip(`${title} (skipped: ${reason})`, body);
  else describe(title, body);
}

/** Every step of a story on its own: once one has failed, the rest would only fail for its sake. */
export function story(): (title: string, step: () => Promise<void>) => void {
  let failed: string | undefined;
  return (title, step) =>
    it(title, async () => {
      if (failed) throw new Error(`not run, because "${failed}" failed`);
      failed = title;
      await step();
      failed = undefined;
    });
}
