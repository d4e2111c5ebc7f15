/** Why a deployment stopped: one message for the person at the terminal, who can do something about it. */
export class DeployProblem extends Error {
  override readonly name = "DeployProblem";
}
