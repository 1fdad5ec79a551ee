import { type Clock, err, type Ids, type OrgId, type Result } from "@biotop/kernel";
import type { Database, Tx } from "@biotop/platform/db";
import type { Problem } from "@biotop/wire";

export type ContractsDeps = { readonly db: Database; readonly clock: Clock; readonly ids: Ids };

class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** One transaction for an organisation in which a refusal takes back everything that was written before it. */
export async function decide<T>(
  deps: Pick<ContractsDeps, "db">,
  org: OrgId,
  work: (tx: Tx) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> {
  try {
    return await deps.db.inTransaction({ org }, async (tx) => {
      const result = await work(tx);
      if (!result.ok) throw new Refused(result.error);
      return result;
    });
  } catch (error) {
    if (error instanceof Refused) return err(error.problem);
    throw error;
  }
}
