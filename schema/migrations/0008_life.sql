CREATE TABLE `suppressed` (
	`email_norm` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text,
	`lead_id` text
);
--> statement-breakpoint
ALTER TABLE `people_state` ADD `reinstated_at` integer;--> statement-breakpoint
ALTER TABLE `leads` ADD `recycle_at` integer;--> statement-breakpoint
CREATE INDEX `leads_to_return` ON `leads` (`recycle_at`) WHERE open = 0 AND recycle_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `strikes` ADD `why` text;--> statement-breakpoint
CREATE INDEX `strikes_by_time` ON `strikes` (`at`);--> statement-breakpoint
ALTER TABLE `tasks` ADD `done_by` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `done_how` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `note` text;--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`due_at`,`id`) WHERE done_at IS NULL;--> statement-breakpoint
-- What is owed of a lead is owed by whoever has it, however it came to them; what a steward is asked stays with the steward.
CREATE TRIGGER tasks_follow_lead AFTER UPDATE OF owner_id, steward_id ON leads
WHEN coalesce(NEW.owner_id, NEW.steward_id) IS NOT coalesce(OLD.owner_id, OLD.steward_id)
BEGIN
  UPDATE tasks SET owner_id = coalesce(NEW.owner_id, NEW.steward_id)
  WHERE lead_id = NEW.id AND done_at IS NULL AND kind <> 'confirmBounce';
END;
--> statement-breakpoint
-- A closed lead owes nothing any more.
CREATE TRIGGER tasks_end_with_lead AFTER UPDATE OF open ON leads
WHEN NEW.open = 0 AND OLD.open = 1
BEGIN
  UPDATE tasks SET done_at = NEW.updated_at, done_how = 'closed' WHERE lead_id = NEW.id AND done_at IS NULL;
END;
