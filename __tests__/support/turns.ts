/** Does the same to several things, as many at a time as there is sense in on a small machine; all of them, whatever fails. */
export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>, atOnce = 2): Promise<void> {
  const queue = [...items];
  const errors: unknown[] = [];
  const turns = Array.from({ length: atOnce }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item).catch((error) => errors.push(error));
    }
  });
  await Promise.all(turns);
  if (errors.length > 0) throw new Error(errors.map((error) => (error as Error).message).join("\n\n"));
}
