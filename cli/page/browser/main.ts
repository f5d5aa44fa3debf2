import type { PoolInfo, Races, SignUpReport } from "../api";
import { byId, h, oneAtATime } from "./dom";
import { showEvents } from "./events";
import { showForm } from "./form";
import { showProblem, showReport } from "./happened";
import { showRaces } from "./race";
import { get, post } from "./server";
import { refreshTables } from "./tables";

const pool = await get<PoolInfo>("/api/pool");

byId("intro", HTMLParagraphElement).replaceChildren(
  "The pool of ",
  h("b", {}, pool.environment),
  " on this machine, from the Terraform JSON that would be deployed. Its function refuses a second account for the same person, in whatever spelling.",
);
showForm(pool, signUp);
if (pool.racers !== undefined) offerRace(pool.racers);
await refreshTables();
if (pool.hasEvents) showEvents(soon(refreshTables), () => void reloadAfterRestart());

async function signUp(values: Record<string, string>): Promise<SignUpReport | undefined> {
  try {
    const report = await post<SignUpReport>("/api/sign-up", { values });
    showReport(report);
    refreshTables().catch((error: Error) => showProblem(error.message));
    return report;
  } catch (error) {
    showProblem((error as Error).message);
    return undefined;
  }
}

function offerRace(racers: number): void {
  byId("race-section", HTMLElement).hidden = false;
  byId("race-text", HTMLParagraphElement).textContent =
    `${racers} sign-ups at the same moment: ${racers} usernames, one e-mail address in ${racers} spellings. One person, so one account may come of it. Both ways of keeping addresses unique run it, each in a new pool.`;
  const button = byId("race-button", HTMLButtonElement);
  const status = byId("race-status", HTMLParagraphElement);
  const start = oneAtATime(button, async () => {
    status.textContent = "Two new pools are brought up, then the race starts. It takes some seconds …";
    try {
      showRaces(await post<Races>("/api/race", {}));
      button.textContent = "Start another race";
    } catch (error) {
      status.textContent = (error as Error).message;
    }
  });
  button.addEventListener("click", () => void start());
}

/** Once for what comes in close succession, milliseconds later. */
function soon(work: () => Promise<void>): () => void {
  let timer: number | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void work(), 200);
  };
}

/** After a change of the settings the fields may be others. */
async function reloadAfterRestart(): Promise<void> {
  const { serverId } = await get<PoolInfo>("/api/pool");
  if (serverId !== pool.serverId) location.reload();
}
