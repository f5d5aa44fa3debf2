import { spawn } from "node:child_process";

/** Opens an address in the default browser, where there is one. Where there is none, nothing happens: the address is printed, too. */
export function openBrowser(address: string): void {
  const { platform, env } = process;
  if (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY) return;
  const [program, ...args] =
    platform === "darwin" ? ["open"] : platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  const child = spawn(program ?? "", [...args, address], { detached: true, stdio: "ignore" });
  child.once("error", () => {});
  child.unref();
}
