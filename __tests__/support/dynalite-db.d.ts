declare module "dynalite/db" {
  interface Request {
    _condition?: { expression: object };
  }

  /** What dynalite's actions share. */
  const db: { checkConditional(request: Request, item: object | undefined): Error | null | undefined };
  export default db;
}
