ALTER TABLE `opportunities` ADD `begun_at` integer;--> statement-breakpoint
CREATE INDEX `opportunities_by_currency` ON `opportunities` (`currency`) WHERE currency IS NOT NULL;--> statement-breakpoint
ALTER TABLE `report_cells` ADD `pipelines_apart` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `report_leads` ADD `pipelines_apart` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `report_state` ADD `currency` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `opportunity_first_seen_by_time` ON `opportunity_first_seen` (`at`);--> statement-breakpoint
-- Dates as they were kept until now: ISO 8601, with the zone as Salesforce writes it, or epoch milliseconds.
UPDATE opportunities SET begun_at = (
  SELECT CASE WHEN d.said GLOB '[0-9]*' AND d.said NOT GLOB '*[^0-9]*' AND length(d.said) BETWEEN 11 AND 14 THEN CAST(d.said AS integer)
    WHEN d.said GLOB '*[+-][0-9][0-9][0-9][0-9]' AND length(d.said) > 15
      THEN unixepoch(substr(d.said, 1, length(d.said) - 2) || ':' || substr(d.said, -2)) * 1000
    ELSE unixepoch(d.said) * 1000 END
  FROM (SELECT CAST(coalesce(extra ->> 'createdAt', extra ->> 'createdDate', extra ->> 'CreatedDate', extra ->> 'createdate') AS text) AS said) d);
--> statement-breakpoint
UPDATE opportunities SET currency = upper(currency) WHERE currency <> upper(currency);
--> statement-breakpoint
DROP TRIGGER opportunities_added;
--> statement-breakpoint
-- By the database's own clock: a record may say when it was last changed in the CRM, and that was years before.
CREATE TRIGGER opportunities_added AFTER INSERT ON opportunities
BEGIN
  INSERT INTO opportunity_first_seen (id, at) VALUES (NEW.id, CAST(unixepoch('subsec') * 1000 AS integer)) ON CONFLICT DO NOTHING;
  INSERT INTO report_dirty (lead_id) SELECT id FROM leads WHERE account_id = NEW.account_id;
END;
--> statement-breakpoint
DROP TRIGGER opportunities_changed;
--> statement-breakpoint
CREATE TRIGGER opportunities_changed AFTER UPDATE OF account_id, amount, currency, begun_at ON opportunities
WHEN NEW.account_id <> OLD.account_id OR NEW.amount IS NOT OLD.amount OR NEW.currency IS NOT OLD.currency
  OR NEW.begun_at IS NOT OLD.begun_at
BEGIN
  INSERT INTO report_dirty (lead_id) SELECT id FROM leads WHERE account_id IN (OLD.account_id, NEW.account_id);
END;
