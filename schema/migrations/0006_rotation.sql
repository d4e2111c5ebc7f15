CREATE TABLE `openings` (
	`team_id` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pick_replay` (
	`id` integer PRIMARY KEY NOT NULL,
	`cursor` integer NOT NULL,
	`credits` text DEFAULT '{}' NOT NULL,
	`checked` integer DEFAULT 0 NOT NULL,
	`mismatches` integer DEFAULT 0 NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rotation_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`lead_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` real NOT NULL,
	`note` text,
	`after_pick` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rotation_entries_by_time` ON `rotation_entries` (`at`);--> statement-breakpoint
CREATE INDEX `rotation_entries_by_pick` ON `rotation_entries` (`after_pick`);--> statement-breakpoint
CREATE INDEX `assignments_by_time` ON `assignments` (`at`);--> statement-breakpoint
CREATE INDEX `leads_provisional` ON `leads` (`team_id`,`clock_starts_at`) WHERE open = 1 AND provisional = 1;--> statement-breakpoint
-- A named entry and the credit it gives are one write.
CREATE TRIGGER rotation_entries_credit AFTER INSERT ON rotation_entries
BEGIN
  INSERT INTO rotation_credits (team_id, person_id, credit) VALUES (NEW.team_id, NEW.person_id, NEW.amount)
  ON CONFLICT (team_id, person_id) DO UPDATE SET credit = credit + excluded.credit;
END;
--> statement-breakpoint
CREATE TRIGGER rotation_entries_immutable BEFORE UPDATE ON rotation_entries
BEGIN
  SELECT RAISE(ABORT, 'ENTRIES_ARE_IMMUTABLE');
END;
--> statement-breakpoint
-- Picks made before this release aren't made again; the credits they left are where the books begin.
INSERT INTO pick_replay (id, cursor, credits, updated_at)
SELECT 1, coalesce((SELECT max(rowid) FROM assignments), 0),
  (SELECT json_group_object(team_id, json(credits)) FROM
    (SELECT team_id, json_group_object(person_id, credit) AS credits FROM rotation_credits GROUP BY team_id)), 0;
