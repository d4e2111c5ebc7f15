/** A product of its own for a part of the bench, with a team in it. */
import { startProduct, type Product } from "../test/support/product.ts";
import { publishInto } from "../test/support/state.ts";
import { teamDocument, type TeamOptions } from "../test/support/team.ts";

/** Limits are off: all visitors come from one address here. */
export async function withTeam<T>(options: TeamOptions, work: (product: Product) => Promise<T>): Promise<T> {
  const product = await startProduct({ env: { LEADCLOCK_RATE_LIMIT: "off" } });
  try {
    publishInto(product.dataDir, teamDocument(options));
    return await work(product);
  } finally {
    await product.stop();
  }
}
