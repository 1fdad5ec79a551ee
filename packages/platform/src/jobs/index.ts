export { addJob, type JobTask, type JobWorker, jobTask, migrateJobs, startJobWorker } from "./jobs.ts";
