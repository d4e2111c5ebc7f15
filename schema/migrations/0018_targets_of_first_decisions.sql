-- First decisions from before their step was kept as a code get it from their words, as the waterfall read them until now.
DROP INDEX `assignments_first`;--> statement-breakpoint
UPDATE `assignments` SET `chosen` = json_set(`chosen`, '$.way', CASE
  WHEN `reason` = 'rule''s backup' OR `reason` GLOB 'rule''s backup (*' OR `reason` GLOB 'rule''s backup, *' THEN 'ruleBackup'
  WHEN `reason` = 'person''s backup' OR `reason` GLOB 'person''s backup (*' OR `reason` GLOB 'person''s backup, *' THEN 'personBackup'
  WHEN `reason` = 'manager' OR `reason` GLOB 'manager (*' OR `reason` GLOB 'manager, *' THEN 'manager'
  WHEN `reason` = 'default chain' OR `reason` GLOB 'default chain (*' OR `reason` GLOB 'default chain, *' THEN 'defaultChain'
  WHEN `reason` = 'last resort' OR `reason` GLOB 'last resort (*' OR `reason` GLOB 'last resort, *' THEN 'lastResort'
  WHEN `reason` GLOB 'backup team *' THEN 'backupTeam'
  WHEN `reason` GLOB '*, following the sun to *' THEN 'sun'
  ELSE 'target' END)
WHERE `seq` = 1 AND `way` IS NULL;--> statement-breakpoint
ALTER TABLE `assignments` ADD `target` text GENERATED ALWAYS AS ((chosen ->> '$.target')) VIRTUAL;--> statement-breakpoint
CREATE INDEX `assignments_first` ON `assignments` (`at`,`rule_id`,`way`,`target`,`lead_id`,`seq`) WHERE seq = 1;