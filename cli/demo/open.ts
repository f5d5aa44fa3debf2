import path from "node:path";
import { inTemporaryFolder } from "../cleanup";
import { EmulatedPool } from "../emulator/emulated-pool";
import { TerraformJson } from "../emulator/terraform-json";
import { openBrowser } from "../page/open-browser";
import { RaceTrack } from "../page/race-track";
import { PageServer } from "../page/server";
import { ShownPool } from "../page/shown-pool";
import { currentProject, environmentToShow, synthesizeProject } from "../project";
import { isUp, synthesized } from "./demo";

/** Shows the demonstration as a page on this machine, which is opened in the default browser. Runs until a signal ends this process. */
export async function openDemo(named: string | undefined, port: number, print: (text: string) => void): Promise<never> {
  const project = currentProject();
  const environment = environmentToShow(project, named, "npm start");
  return inTemporaryFolder("demo", async (folder) => {
    const outdir = path.join(folder, "synthesized");
    await synthesizeProject(project, outdir);
    const stack = await TerraformJson.read(path.join(outdir, "stacks", environment));
    const pool = await EmulatedPool.start(stack);
    try {
      const page = await PageServer.start({
        port,
        portOption: "--port",
        environment,
        pool: new ShownPool(pool),
        raceTrack: new RaceTrack(project, environment, path.join(folder, "race")),
      });
      print(`${await synthesized(project)}\n${isUp(environment, pool)}\n`);
      print(`The page is on ${page.address}. Ctrl-C ends it.`);
      openBrowser(page.address);
      return await new Promise<never>(() => {});
    } finally {
      await pool.close();
    }
  });
}
