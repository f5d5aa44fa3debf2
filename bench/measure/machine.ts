import os from "node:os";

/** Processes that wanted a core in the last minute, on average; 0 on Windows, which does not count them. */
export function load(): number {
  return Number((os.loadavg()[0] ?? 0).toFixed(1));
}

/** What a figure depends on, beside the code. */
export function machine(): Record<string, string> {
  const processors = os.cpus();
  return {
    CPU: processors[0]?.model.trim() ?? "unknown",
    cores: String(processors.length),
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    "operating system": `${os.type()} ${os.release()}, ${os.arch()}`,
    "Node.js": process.versions.node,
  };
}
