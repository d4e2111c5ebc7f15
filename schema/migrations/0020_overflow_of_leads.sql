DROP INDEX `assignments_overflow`;--> statement-breakpoint
ALTER TABLE `leads` ADD `overflow` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `leads_overflow` ON `leads` (`id`) WHERE open = 1 AND overflow = 1;--> statement-breakpoint
-- What overflowed before is handed out as before; whoever changes such a lead meanwhile reads it again.
UPDATE leads SET overflow = 1, generation = generation + 1
WHERE open = 1 AND first_touch_at IS NULL AND EXISTS (
  SELECT 1 FROM assignments a WHERE a.lead_id = leads.id AND a.seq = leads.assignment_seq AND a.chosen ->> '$.overflow' = 1);
