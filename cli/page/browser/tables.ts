import type { ShownReservation, Tables } from "../api";
import { byId, h, table, timeOf } from "./dom";
import { shown } from "./form";
import { get } from "./server";

const STATES: Readonly<Record<ShownReservation["state"], string>> = {
  held: "held",
  "in flight": "in flight",
  "left over": "left over",
};

/** Accounts and reservations as they are now. */
export async function refreshTables(): Promise<void> {
  const { accounts, reservations, now } = await get<Tables>("/api/tables");
  const tables = byId("tables", HTMLDivElement);
  // What has the focus is replaced.
  const { activeElement } = document;
  const focused = activeElement === null ? -1 : [...tables.children].indexOf(activeElement);
  const hasPhone = accounts.some(({ phone }) => phone !== undefined);
  tables.replaceChildren(
    table(
      `Accounts (${accounts.length})`,
      ["Username", "E-mail", ...(hasPhone ? ["Phone number"] : []), "State", "Since"],
      accounts.map(({ username, email = "", phone = "", status, since }) => [
        code(username),
        code(email),
        ...(hasPhone ? [code(phone)] : []),
        status.toLowerCase().replaceAll("_", " "),
        since === undefined ? "" : timeOf(since),
      ]),
      "No account yet.",
    ),
    reservations === undefined
      ? h("p", { class: "quiet" }, "This pool has no table of reservations: its function looks accounts up only.")
      : table(
          `Reservations (${reservations.length})`,
          ["Key", "For", "State", "Since", "Until"],
          reservations.map((reservation) => [
            code(reservation.key),
            code(reservation.username),
            STATES[reservation.state],
            timeOf(reservation.since),
            untilOf(reservation, now),
          ]),
          "No reservation yet.",
        ),
  );
  if (focused >= 0) (tables.children[focused] as HTMLElement).focus();
}

const code = (text: string) => h("code", {}, ...shown(text));

function untilOf({ state, until }: ShownReservation, now: number): string {
  if (state === "left over") return "the next sign-up takes it over";
  if (until === undefined) return "as long as the account has it";
  const left = Math.max(0, until - now) / 1000;
  if (left < 100) return `${Math.round(left)} s from now`;
  return `${Math.round(left / 3600)} h from now, if not confirmed`;
}
