/** Finds out whether a port can be had before anything is built or started for it. */
import { createServer } from "node:net";
import { errorCode, oneLine, StartProblem } from "./problem.ts";

function listen(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}

/** The port to use: `port`, or a free one for 0. Throws StartProblem with what to do if it can't be had. */
export async function reservePort(host: string, port: number): Promise<number> {
  try {
    return await listen(host, port);
  } catch (error) {
    if (errorCode(error) === "EADDRINUSE") {
      throw new StartProblem(
        `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
      );
    }
    if (errorCode(error) === "EACCES") {
      throw new StartProblem(
        `Port ${port} needs rights this user doesn't have. Choose one above 1023: PORT=8787 npm start`,
      );
    }
    if (errorCode(error) === "EADDRNOTAVAIL") {
      throw new StartProblem(
        `HOST is "${host}", which is not an address of this machine. Leave it out, or set it to 0.0.0.0.`,
      );
    }
    throw new StartProblem(
      `Can't listen on ${host}:${port} (${oneLine(error)}). Choose another port with PORT.`,
    );
  }
}
