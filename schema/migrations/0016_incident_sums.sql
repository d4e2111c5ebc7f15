-- Sums of incidents by day and by month, from the incidents there are; the roll-ups keep them from now on.
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by all', 0, `day`, `code` || char(9) || '', count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by all', 1, strftime('%Y', `day` * 86400, 'unixepoch') * 12 + strftime('%m', `day` * 86400, 'unixepoch') - 1, `code` || char(9) || '', count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by person', 0, `day`, `code` || char(9) || `person`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by person', 1, strftime('%Y', `day` * 86400, 'unixepoch') * 12 + strftime('%m', `day` * 86400, 'unixepoch') - 1, `code` || char(9) || `person`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by team', 0, `day`, `code` || char(9) || `team`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by team', 1, strftime('%Y', `day` * 86400, 'unixepoch') * 12 + strftime('%m', `day` * 86400, 'unixepoch') - 1, `code` || char(9) || `team`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by source', 0, `day`, `code` || char(9) || `source`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by source', 1, strftime('%Y', `day` * 86400, 'unixepoch') * 12 + strftime('%m', `day` * 86400, 'unixepoch') - 1, `code` || char(9) || `source`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by segment', 0, `day`, `code` || char(9) || `segment`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by segment', 1, strftime('%Y', `day` * 86400, 'unixepoch') * 12 + strftime('%m', `day` * 86400, 'unixepoch') - 1, `code` || char(9) || `segment`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by form', 0, `day`, `code` || char(9) || `form`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO `report_cells` (`dimension`, `grain`, `period`, `value`, `leads`)
SELECT `kind` || ' by form', 1, strftime('%Y', `day` * 86400, 'unixepoch') * 12 + strftime('%m', `day` * 86400, 'unixepoch') - 1, `code` || char(9) || `form`, count(*) FROM `report_incidents` GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;
