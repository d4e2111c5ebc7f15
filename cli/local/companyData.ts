/**
 * The data provider's end of the line, on one machine only: answers `GET …/v5/company/enrich` as People Data Labs does,
 * with its checks (key, parameters, how sure it must be) and its errors.
 */
import { demoCompany } from "../demo/companies.ts";

const refuse = (status: number, type: string, message: string): Response =>
  Response.json({ status, error: { type, message } }, { status });

/** Null where the path isn't the provider's. */
export const answerCompanyData = (request: Request, key: string): Response | null => {
  const url = new URL(request.url);
  if (!url.pathname.endsWith("/v5/company/enrich")) return null;
  if (request.method !== "GET") return refuse(405, "method_not_allowed", "Only GET.");
  if (key === "" || request.headers.get("x-api-key") !== key)
    return refuse(401, "authentication_error", "Request contained a missing or invalid key");
  const domain = url.searchParams.get("website")?.toLowerCase() ?? "";
  if (!/^[a-z0-9.-]+\.[a-z]{2,}$/.test(domain))
    return refuse(400, "invalid_request_error", "Request contained unexpected, invalid or missing data");
  const wanted = Number(url.searchParams.get("min_likelihood") ?? "2");
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 10)
    return refuse(400, "invalid_request_error", "min_likelihood must be between 1 and 10");
  const found = demoCompany(domain);
  if (found === null || found.likelihood < wanted)
    return refuse(404, "not_found", "No records were found matching your request");
  const { likelihood, name, employees, industry, country } = found;
  return Response.json({
    status: 200,
    likelihood,
    name: name.toLowerCase(),
    display_name: name,
    employee_count: employees,
    industry,
    location: { name: null, locality: null, country },
    website: domain,
  });
};
