// Generated from schema/openapi.yaml by schema/rest-types.ts. Do not edit.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is here
         * @description A browser, which asks for `text/html`, is sent on to the page.
         */
        get: operations["getRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether every part is ready
         * @description Every part is asked anew, each for two seconds at most. `parts` says of each `ok`, or what is wrong with it.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/worker-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A worker's token for an hour
         * @description For workers on machines elsewhere. The bearer is the token by which an administrator enrolled the worker (`enrolWorker` in the graph); what comes back is what it works with, over NATS too.
         */
        post: operations["createWorkerToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This description, to read and to try
         * @description A page on which each operation can be read, and tried with a token.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This description, for machines
         * @description The same contract as `schema/openapi.yaml`, for tools that make clients of it.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The jobs you may see, newest first unless `order` says otherwise
         * @description Of several filters all must hold. The next page is in the header `Link`, and in `next_cursor`.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Puts a job in the queue
         * @description `params` is the job's specification. Without a `command` in it, `name` names a template and
         *     `params` holds its arguments.
         *
         *     With `array` it is as many jobs, and the answer is the first of them.
         */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts up to 1000 jobs in the queue, all or none
         * @description They may depend on each other, by the `ref` of one in the other's `depends_on` or `after`. With arrays
         *     made, they are at most 10000 jobs.
         */
        post: operations["submitJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels up to 1000 jobs
         * @description What waits ends at once, what runs is asked to end, and what has ended stays as it is. Ids of jobs that are not
         *     there, or not yours to see, come back in `errors`, and do not keep the others from being cancelled.
         */
        post: operations["cancelJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submits up to 1000 jobs anew, all or none
         * @description Each as it was asked for, without its start time, its place in an array and what it waited for; by you, with your
         *     rights.
         */
        post: operations["rerunJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether a job could run, where, and what it would wait for
         * @description As if it were submitted now; of an array, its first job. Nothing is stored. What submitting would refuse is
         *     refused here too.
         */
        post: operations["checkJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id.
                 * @example 0199a1b2-0000-7000-8000-000000000001
                 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * One job, with its attempts
         * @description The `ETag` begins with the job's version; with `If-None-Match` an answer that would be the same is 304, and with
         *     `If-Match` a change is made only where the job's version is still that one.
         */
        get: operations["getJob"];
        /**
         * Changes what may still change
         * @description The name always; the priority while the job is queued. What is not given stays as it is.
         */
        put: operations["updateJob"];
        post?: never;
        /**
         * Cancels a job
         * @description A job that waits is cancelled at once, which answers 200. A running one ends when its worker
         *     has ended its processes, and the answer is 202. A job that has ended stays as it is: 200.
         */
        delete: operations["cancelJob"];
        options?: never;
        head?: never;
        /**
         * Changes what may still change
         * @description The same as PUT, by the method that says what it does.
         */
        patch: operations["patchJob"];
        trace?: never;
    };
    "/jobs/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id.
                 * @example 0199a1b2-0000-7000-8000-000000000001
                 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        /**
         * The job's output, from the beginning and then as it comes
         * @description Server-sent events, attempt after attempt, until the job has ended. Waits while the job is queued.
         *
         *     - `log`: a piece of output, as it was written: lines may span pieces. `id` is `<attempt>.<seq>`,
         *       `data` a `LogEvent`.
         *     - `expired`: an attempt's output is kept no longer; the next attempt follows. `data` is a `LogExpired`.
         *     - `end`: the job has ended, and nothing follows. `id` is `end`, `data` a `LogEnd`.
         *     - `problem`: the log cannot be followed further now; `data` is a `Problem`. Connect again to go on.
         *
         *     A client that connects again with `Last-Event-ID` gets what came after it; after `end` it is
         *     answered 204, at which an `EventSource` stops by itself. A comment is sent each 15 seconds.
         *
         *     With `Accept: text/plain` the answer is the output alone.
         *
         *     With `attempt` it is the output of that attempt alone, and the end is the attempt's. Where nothing
         *     that was asked for is kept any longer, the answer is 410.
         */
        get: operations["followJobLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A WebSocket: jobs as they change
         * @description Sign in with the `Authorization` header, with `?token=`, or with the first message:
         *     `{"type": "auth", "token": "…"}`, within 10 seconds.
         *
         *     The server sends text messages, each a JSON object:
         *
         *     - `{"type": "ready"}`: signed in; no change is missed from here on.
         *     - `{"type": "job", "id": "…", "event": "running", "job": {…}}`: a job has changed. `event` is its state; the
         *       same state comes again when something else of the job has changed. With `job_id`, the job as it
         *       is now comes first. `id` is where the stream is by now: who connects again gives it as `after`, and gets what
         *       has come since, nothing left out. Where that is kept no longer it closes with 4404: connect without `after`.
         *     - `{"type": "problem", "problem": {…}}`: why the stream ends, before it does.
         *
         *     `{"type": "ping"}` from the client is answered `{"type": "pong"}`. The client says nothing else,
         *     and no message of more than 64 KiB. The server pings each 30 seconds and drops clients that do
         *     not answer.
         *
         *     | it closes with | when |
         *     |---|---|
         *     | 1001 | the server stops; connect again |
         *     | 1009 | a message was too large |
         *     | 1011 | something went wrong in the server |
         *     | 1013 | the client reads too slowly or asks for too much, or a part of the server does not answer; connect again later |
         *     | 4400 | a message or parameter is wrong |
         *     | 4401 | not signed in |
         *     | 4403 | this is not for you |
         *     | 4404 | there is no such job, or none that you may see |
         */
        get: operations["openStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gpus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every GPU that a worker has registered
         * @description By worker and then by index. Each has its state, its last sample, and the run that holds it where you may see that.
         */
        get: operations["listGpus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gpus/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        /**
         * One GPU
         * @description As the list has it.
         */
        get: operations["getGpu"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gpus/{id}/cordon": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps new runs off a GPU
         * @description The run that it has goes on. For operators.
         */
        post: operations["cordonGpu"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gpus/{id}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets the present run of a GPU end, and cordons it then
         * @description For operators.
         */
        post: operations["drainGpu"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gpus/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a GPU back into service
         * @description Ends its cordon, and its open faults as well. Of what is still wrong, its worker's next report opens a
         *     fault again. For operators.
         */
        post: operations["returnGpu"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an account has used
         * @description GPU time held within the range, by every attempt whatever its outcome, as far as you may see it; a run is
         *     counted where it started.
         */
        get: operations["getAccountUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/accounts/{id}/statements/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A month's statement of an account, as a page to print
         * @description What was held in a month of UTC, as far as you may see it, and corrections of earlier months that were entered
         *     in it. A page without scripts that fetches nothing, for A4.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your exports
         * @description For administrators everybody's.
         */
        get: operations["listExports"];
        put?: never;
        /**
         * Asks for a file of what was used
         * @description A row for each hour of each GPU of each run that you may see; as `focus`, the charges of FOCUS 1.2. The file is
         *     written by and by: ask for the export until its `state` is `done`, and then follow its `link`.
         */
        post: operations["requestExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The export's id.
                 * @example 0199a1b2-0000-7000-8000-000000000021
                 */
                id: components["parameters"]["ExportId"];
            };
            cookie?: never;
        };
        /**
         * One export
         * @description Ask again until its `state` is `done`: then it has a `link`.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        /**
         * Calls an export off, or removes its file
         * @description Done again, it changes nothing.
         */
        delete: operations["cancelExport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/exports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The export's id.
                 * @example 0199a1b2-0000-7000-8000-000000000021
                 */
                id: components["parameters"]["ExportId"];
            };
            cookie?: never;
        };
        /**
         * The file of an export
         * @description By the `link` of an export, which needs no token. A `Range` of bytes is answered in part, so that a download
         *     that broke off goes on; `ETag` and `Repr-Digest` are of the whole file.
         */
        get: operations["getExportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The largest users of GPU time, largest first
         * @description Users see themselves alone, account managers those of their accounts, analysts all.
         */
        get: operations["getLeaderboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your webhooks
         * @description For administrators everybody's.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Has an address told of what happens to jobs
         * @description Each event is sent there by POST as a `WebhookEvent`, a crossed budget as a `BudgetEvent`, signed as
         *     [Standard Webhooks](https://www.standardwebhooks.com) has it: `webhook-id` is the same each time a message is
         *     sent, `webhook-timestamp` is in seconds, and `webhook-signature` is `v1,` and the HMAC-SHA256, in base64, of
         *     `<id>.<timestamp>.<body>` under the secret's bytes.
         *
         *     A message has arrived when it is answered with 2xx within 15 seconds. It is tried again after 5 seconds, and
         *     then less and less often, once an hour at the least, for a day. A message may arrive more than once, and
         *     messages in another order than that of the events: the job's `version` counts its changes. A webhook of which
         *     all attempts failed for a day is disabled, and one that answers 410 at once.
         *
         *     Redirects are not followed. Private, loopback and link-local addresses are refused, whatever name leads to
         *     them, unless the server is set up to allow those of its own networks.
         */
        post: operations["addWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0199a1b2-0000-7000-8000-000000000011
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        /**
         * One webhook
         * @description As the list has it. Its secret is not shown.
         */
        get: operations["getWebhook"];
        /**
         * Replaces a webhook of yours, which then begins anew
         * @description Also where it was disabled. Its secret stays unless another one is given.
         */
        put: operations["replaceWebhook"];
        post?: never;
        /**
         * Ends a webhook
         * @description What was to be sent is not sent any more.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0199a1b2-0000-7000-8000-000000000011
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        /**
         * What a webhook was sent in the last week, and is to be sent, newest first
         * @description Each with how often it was sent, and what was answered.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    jobEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Something has happened to a job */
        post: operations["receiveJobEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    budgetCrossed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A threshold of a budget was crossed
         * @description With the same headers as the others.
         */
        post: operations["receiveBudgetCrossed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * Format: uuid
         * @description An id of ours.
         */
        Uuid: string;
        /**
         * Format: date-time
         * @description An instant, ISO 8601 with a zone.
         */
        Instant: string;
        /** @description The name of an account, a user or a worker. */
        PersonName: string;
        /**
         * @description Where a job stands. The last three are ends.
         * @enum {string}
         */
        JobState: "queued" | "running" | "completed" | "failed" | "cancelled";
        /**
         * @description `claimed`: given to a worker, and not started. `lost`: its worker went away, or one of its GPUs
         *     failed; the job is queued again, and no retry is used up. `preempted`: it made room for a job of higher
         *     priority, likewise.
         * @enum {string}
         */
        RunState: "claimed" | "running" | "completed" | "failed" | "cancelled" | "lost" | "preempted";
        /**
         * @description `missing`: its worker no longer finds it. `unreachable`: its worker has not been heard of for 30
         *     seconds. `unhealthy`: its health keeps runs off it. `draining`: its present run may end. `cordoned`: an
         *     operator keeps runs off it. `occupied`: processes use it that belong to no run.
         * @enum {string}
         */
        GpuState: "available" | "missing" | "unreachable" | "unhealthy" | "draining" | "cordoned" | "occupied";
        /** @description A job that is asked for: either by its command or by a template's name. */
        JobSubmission: {
            name?: components["schemas"]["JobName"];
            /** @description The job's specification; without a `command`, the arguments of the template that `name` names. */
            params: components["schemas"]["Specification"] | components["schemas"]["TemplateArguments"];
            priority?: components["schemas"]["Priority"];
            /** @description Who pays; by default the first account of the submitter. */
            account?: components["schemas"]["PersonName"];
            /** @description Within a batch: the name by which other jobs of it may depend on this one. */
            ref?: string;
            /** @description Jobs, by id or by the `ref` of one in the same batch, that must complete first. If one does not, this job is cancelled. */
            depends_on?: components["schemas"]["NamedJobs"];
            /** @description Jobs, likewise, that must have ended first, in whatever way. */
            after?: components["schemas"]["NamedJobs"];
            array?: components["schemas"]["Array"];
            /** @description It does not start before this. */
            start_at?: components["schemas"]["Instant"];
        };
        /** @description Jobs that are stored all together, or none of them. */
        JobBatch: {
            /** @description The jobs. They may name each other by their `ref`. */
            jobs: components["schemas"]["JobSubmission"][];
        };
        /** @description Jobs, by their ids. */
        JobIds: {
            /** @description The ids, each once. */
            ids: components["schemas"]["Uuid"][];
        };
        /** @description What became of each job that was to be cancelled. */
        CancelledJobs: {
            /** @description Cancelled, on their way there, or ended before. */
            jobs: components["schemas"]["Job"][];
            /** @description What could not be cancelled, each with its path such as `ids.3`. */
            errors: components["schemas"]["FieldError"][];
        };
        /** @description Jobs, by their ids, or by the `ref` of one in the same batch. */
        NamedJobs: string[];
        /**
         * @description Makes one job for each element: so many as `count` says, or one for each combination of the values of a
         *     `sweep`, 10000 at most. Each gets `CONSTELLATION_ARRAY_INDEX` and its values as environment variables, and
         *     `{{name}}` in the command stands for them.
         */
        Array: {
            /** @description So many jobs; instead of `sweep`. */
            count?: number;
            /** @description One job for each combination of the values. */
            sweep?: {
                name: components["schemas"]["VariableName"];
                /** @description What it takes one after the other. */
                values: string[];
            }[];
            /** @description So many of them at a time. */
            max_parallel?: number;
        };
        /** @description The name of an environment variable. */
        VariableName: string;
        /** @description What is to change; what is left out stays. */
        JobUpdate: {
            name?: components["schemas"]["JobName"];
            priority?: components["schemas"]["Priority"];
        };
        /** @description Shown in lists; made from the command when absent. */
        JobName: string;
        /** @description Higher goes first; 0 when absent. */
        Priority: number;
        /** @description What a job is to run, and what it needs for that. */
        Specification: {
            /** @description The program and its arguments; with `shell`, one line. */
            command: components["schemas"]["Command"] | components["schemas"]["Argument"];
            /** @description True where `command` is one line, run by `/bin/sh -c`. */
            shell?: boolean;
            gpus?: components["schemas"]["GpuRequest"];
            env?: components["schemas"]["Environment"];
            working_directory?: components["schemas"]["Directory"];
            timeout_seconds?: components["schemas"]["TimeLimit"];
            max_idle_seconds?: components["schemas"]["IdleLimit"];
            max_retries?: components["schemas"]["MaxRetries"];
            retry?: components["schemas"]["RetryRules"];
            preemptible?: components["schemas"]["Preemptible"];
            warning?: components["schemas"]["Warning"];
            worker_labels?: components["schemas"]["Labels"];
            container?: components["schemas"]["Container"];
            limits?: components["schemas"]["Limits"];
            secrets?: components["schemas"]["SecretNames"];
        };
        /** @description Values for a template's parameters. Numbers and booleans become text. */
        TemplateArguments: {
            [key: string]: string | number | boolean;
        };
        /** @description A specification as answers have it; what was not asked for is left out. */
        StoredSpecification: {
            command: components["schemas"]["Command"];
            /**
             * @description The command is one line, which `/bin/sh` runs.
             * @constant
             */
            shell?: true;
            gpus: components["schemas"]["GpuRequest"];
            env?: components["schemas"]["Environment"];
            working_directory?: components["schemas"]["Directory"];
            timeout_seconds?: components["schemas"]["TimeLimit"];
            max_idle_seconds?: components["schemas"]["IdleLimit"];
            max_retries?: components["schemas"]["MaxRetries"];
            retry?: components["schemas"]["RetryRules"];
            preemptible?: components["schemas"]["Preemptible"];
            warning?: components["schemas"]["Warning"];
            worker_labels?: components["schemas"]["Labels"];
            container?: components["schemas"]["Container"];
            limits?: components["schemas"]["Limits"];
            secrets?: components["schemas"]["SecretNames"];
        };
        /** @description A program and its arguments. */
        Command: components["schemas"]["Argument"][];
        /** @description One argument. */
        Argument: string;
        /** @description How many GPUs, or which; none when absent. */
        GpuRequest: number | {
            /** @description 1 when absent. */
            count?: number;
            /** @description The least memory that each must have, in MiB. */
            min_memory_mb?: number;
            /** @description Part of the GPU's name, in any case: `A100`. */
            model?: string;
            /** @description The least CUDA compute capability, such as `8.0`. */
            min_compute_capability?: string;
        };
        /** @description Variables of the environment. */
        Environment: {
            [key: string]: components["schemas"]["Argument"];
        };
        /** @description An absolute path on the worker. */
        Directory: string;
        /** @description The job is ended after so many seconds. */
        TimeLimit: number;
        /** @description The job is ended when its GPUs have done nothing for so many seconds; this is not tried again. */
        IdleLimit: number;
        /** @description How many more attempts follow one that failed by itself. */
        MaxRetries: number;
        /** @description Which failures are tried again, and how soon. */
        RetryRules: {
            /** @description The exit codes that are tried again; all when absent. An end by a signal counts as 128 and its number. */
            exit_codes?: number[];
            /** @description How long the first retry waits; each further one twice as long as the one before. */
            backoff_seconds?: number;
            /** @description An hour when absent. */
            max_backoff_seconds?: number;
        };
        /** @description It may be ended, to be tried again later, in favour of a job of higher priority. */
        Preemptible: boolean;
        /** @description A signal before it is ended by preemption or by its time limit. */
        Warning: {
            /** @description SIGUSR1 when absent. */
            signal?: string;
            /** @description How long before its end. */
            seconds: number;
        };
        /** @description Labels that its worker must have. */
        Labels: {
            [key: string]: string;
        };
        /** @description The image that it runs in, in place of a process on the worker itself. */
        Container: {
            /** @description Such as `pytorch/pytorch:2.9`. */
            image: string;
            /** @description Directories of the worker in the container. */
            mounts?: {
                source: components["schemas"]["Directory"];
                target: components["schemas"]["Directory"];
                /** @description Whether nothing can be written to it. */
                read_only?: boolean;
            }[];
        };
        /** @description What it may use, where its worker can hold it to that. */
        Limits: {
            /** @description In MiB. A run that uses more is ended as out of memory. */
            memory_mb?: number;
            /** @description How many processors' worth of time. */
            cpus?: number;
        };
        /** @description Names of the account's secrets; each becomes the environment variable of that name. */
        SecretNames: components["schemas"]["VariableName"][];
        /** @description A job as it is now. */
        Job: {
            id: components["schemas"]["Uuid"];
            /** @description What its submitter calls it. */
            name: string;
            params: components["schemas"]["StoredSpecification"];
            /** @description The template that the job was made from. */
            template: string | null;
            /** @description From -1000 to 1000; a point is worth ten minutes of waiting. */
            priority: number;
            state: components["schemas"]["JobState"];
            created_at: components["schemas"]["Instant"];
            /** @description Who submitted it. */
            submitted_by: string;
            /** @description Who pays. */
            account: string;
            /**
             * Format: date-time
             * @description When the present or last attempt's process started.
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it came to its end; null until then.
             */
            finished_at: string | null;
            /** @description In a sentence, why the job is in its state, where there is something to say. */
            reason: string | null;
            /** @description True from the moment that cancelling was asked for. */
            cancel_requested: boolean;
            /** @description Its place in the array that it is part of, where it is part of one. */
            array?: components["schemas"]["ArrayPlace"];
            /** @description The jobs that must complete before it starts, where there are any. */
            depends_on?: components["schemas"]["Uuid"][];
            /** @description The jobs that must have ended before it starts, where there are any. */
            after?: components["schemas"]["Uuid"][];
            /** @description It does not start before this, where that was asked for. */
            start_at?: components["schemas"]["Instant"];
            /** @description The schedule that submitted it, where one has. */
            schedule?: string;
            /**
             * @description Why it waits, while it does. Only where jobs are read by `GET`, and where one job is streamed, which tells
             *     of it as it changes.
             */
            queue?: components["schemas"]["QueuePlace"];
            /**
             * @description What it has cost so far. Only where jobs are read by `GET`, and where one job is streamed; not while
             *     the ledger does not answer.
             */
            gpu_seconds?: number;
            /** @description Its attempts, oldest first. */
            runs: components["schemas"]["Run"][];
        };
        /** @description Where a waiting job stands, and why it waits. */
        QueuePlace: {
            /**
             * @description How many jobs for the same kind of machine go before it, and one; 10000 stands for that or more. Null while
             *     it is not its turn to queue.
             */
            position: number | null;
            reason: components["schemas"]["WaitReason"];
            /** @description The reason in a sentence. */
            message: string;
            /**
             * Format: date-time
             * @description When it will start, as far as the time limits and the recent past of other jobs tell.
             */
            eta: string | null;
        };
        /**
         * @description - `starting`: it is about to be given to a worker.
         *     - `behind_others`: others go before it.
         *     - `busy`: all GPUs or slots that would do are in use.
         *     - `reserved_for_others`: GPUs that would do are free, and kept for a job that goes before it.
         *     - `gathering`: GPUs are kept for it until there are enough.
         *     - `preempting`: jobs of lower priority are being ended for it.
         *     - `quota`: its account holds as many GPUs or runs as it may.
         *     - `budget`: a budget of its account is used up.
         *     - `dependency`: a job that it depends on has not ended.
         *     - `start_time`: its start time has not come.
         *     - `backoff`: an attempt failed, and the next one waits.
         *     - `no_worker`: no worker is online.
         *     - `no_such_gpu`: no worker has a GPU of that model, memory or compute capability.
         *     - `not_enough_gpus`: no single worker has so many such GPUs.
         *     - `out_of_service`: GPUs that would do are there, but cordoned, unhealthy or used by others.
         *     - `no_such_labels`: no worker has those labels.
         *     - `no_containers`: no worker can run containers.
         * @enum {string}
         */
        WaitReason: "starting" | "behind_others" | "busy" | "reserved_for_others" | "gathering" | "preempting" | "quota" | "budget" | "dependency" | "start_time" | "backoff" | "no_worker" | "no_such_gpu" | "not_enough_gpus" | "out_of_service" | "no_such_labels" | "no_containers";
        /** @description Whether a job could run. */
        JobCheck: {
            /** @description True where some worker that is there now could ever run it. */
            possible: boolean;
            reason: components["schemas"]["WaitReason"];
            /** @description The reason in a sentence. */
            message: string;
            /**
             * Format: date-time
             * @description When it would start, as far as anybody can tell.
             */
            eta: string | null;
            /** @description What each worker makes of it. */
            workers: components["schemas"]["WorkerFit"][];
        };
        /** @description Whether one worker could run a job. */
        WorkerFit: {
            /** @description The worker's id. */
            worker: string;
            /** @description True where it could run the job once what it has is free. */
            possible: boolean;
            /** @description How many of its GPUs would do. */
            gpus_that_fit: number;
            /** @description How many of those are free now. */
            gpus_free: number;
            /** @description Why it could not, in a sentence. */
            reason: string | null;
        };
        /** @description Which job of an array it is. */
        ArrayPlace: {
            /** @description The same for all jobs of the array. */
            id: components["schemas"]["Uuid"];
            /** @description From 0. */
            index: number;
            /** @description How many jobs the array has. */
            size: number;
        };
        /** @description The jobs that were made. */
        JobList: {
            /** @description In the order in which they were asked for. */
            jobs: components["schemas"]["Job"][];
        };
        /** @description One attempt at a job. */
        Run: {
            id: components["schemas"]["Uuid"];
            job_id: components["schemas"]["Uuid"];
            /** @description 1 for the first. */
            attempt: number;
            /**
             * Format: uuid
             * @description The first of its GPUs.
             */
            gpu_id: string | null;
            /** @description The GPUs that it holds, or held; null while the inventory does not answer. */
            gpus: components["schemas"]["RunGpu"][] | null;
            /**
             * Format: date-time
             * @description When its process started; null where it has not.
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it ended; null until then.
             */
            finished_at: string | null;
            state: components["schemas"]["RunState"];
            /** @description What the process ended with; null where a signal ended it, or it has not ended. */
            exit_code: number | null;
            /** @description The signal that ended the process, such as `SIGKILL`. */
            signal: string | null;
            /** @description What kind of end it was; null while it lives. */
            outcome: components["schemas"]["RunOutcome"] | null;
            /** @description In a sentence, why the attempt ended as it did. */
            reason: string | null;
            /**
             * Format: date-time
             * @description Since when its GPUs have done nothing, where that is long enough to be worth saying.
             */
            idle_since: string | null;
            /** @description What its GPUs did: null until the run has ended, and for a run without GPUs. */
            metrics: components["schemas"]["RunMetrics"] | null;
        };
        /** @description A GPU that an attempt holds, or held. */
        RunGpu: {
            id: components["schemas"]["Uuid"];
            /** @description NVML's name for this one card. */
            uuid: string;
            /** @description The model, such as `NVIDIA A100-SXM4-80GB`. */
            name: string;
            /** @description True for a stand-in without hardware. */
            simulated: boolean;
        };
        /** @description What an attempt's GPUs did over its life, over all of them. */
        RunMetrics: {
            /** @description How much they computed, on average. */
            mean_utilisation_percent: number | null;
            /** @description The most that one of them computed. */
            max_utilisation_percent: number | null;
            /** @description The most that one GPU held. */
            peak_memory_mb: number | null;
            /** @description Of one GPU. */
            mean_power_watts: number | null;
            /** @description The most that one of them drew. */
            max_power_watts: number | null;
            /** @description What all of them used. */
            energy_joules: number | null;
            /** @description The warmest that one of them was. */
            max_temperature_c: number | null;
            /** @description For how long something held its GPUs back, the seconds of each added up. */
            throttled_seconds: number | null;
            /** @description What that was. */
            throttle_reasons: components["schemas"]["ThrottleReason"][] | null;
            /** @description For how long its GPUs did nothing, the seconds of each added up. */
            idle_seconds: number | null;
            /** @description The XIDs that its GPUs reported meanwhile, each once. */
            xids: number[] | null;
        };
        /**
         * @description Why a GPU runs slower than it could:
         *
         *     - `power_cap`: it is at its limit of power.
         *     - `sw_thermal`: the driver keeps it from getting too hot.
         *     - `hw_thermal`: it is too hot, and the hardware halves its clocks, or worse.
         *     - `power_brake`: the power supply told it to.
         *     - `hw_slowdown`: the hardware slows it, for whatever reason.
         *     - `sync_boost`: it keeps in step with a slower GPU of its group.
         * @enum {string}
         */
        ThrottleReason: "power_cap" | "sw_thermal" | "hw_thermal" | "power_brake" | "hw_slowdown" | "sync_boost";
        /**
         * @description What kind of end a run came to:
         *
         *     - `exited`: the process ended by itself; `exit_code` or `signal` say how.
         *     - `timed_out`: it was ended by its time limit.
         *     - `cancelled`: it was ended as somebody had asked for.
         *     - `not_started`: the command could not be started.
         *     - `out_of_memory`: it used more memory than it may.
         *     - `idle`: its GPUs did nothing for longer than the job allows itself.
         *     - `gpu_failed`: one of its GPUs failed; the job is queued again.
         *     - `preempted`: it made room for a job of higher priority; the job is queued again.
         *     - `released`: its worker let go of it or went away; the job is queued again.
         * @enum {string}
         */
        RunOutcome: "exited" | "timed_out" | "cancelled" | "not_started" | "out_of_memory" | "idle" | "gpu_failed" | "preempted" | "released";
        /** @description A page of jobs. */
        JobPage: {
            /** @description Those of this page. */
            jobs: components["schemas"]["Job"][];
            /** @description Give it as `cursor` for the next page; null on the last one. */
            next_cursor: string | null;
        };
        /** @description A piece of output. */
        LogEvent: {
            /** @description Which attempt wrote it. */
            attempt: number;
            run_id: components["schemas"]["Uuid"];
            /** @description Counts from 0 within its attempt. */
            seq: number;
            at: components["schemas"]["Instant"];
            /**
             * @description `system` is what the worker itself has to say.
             * @enum {string}
             */
            stream: "stdout" | "stderr" | "system";
            /** @description What was written; control characters and colours are left as they are. */
            text: string;
            /** @description The number of the line, from 0, that the first character belongs to. */
            first_line: number;
        };
        /** @description That the output of an attempt is kept no longer. */
        LogExpired: {
            /** @description Which attempt's. */
            attempt: number;
            run_id: components["schemas"]["Uuid"];
        };
        /** @description How the job ended, which ends the stream. */
        LogEnd: {
            state: components["schemas"]["JobState"];
            /** @description Of the last attempt, or of the one that was asked for. */
            exit_code: number | null;
        };
        /** @description A GPU, or a part of one, that a worker has registered. */
        Gpu: {
            id: components["schemas"]["Uuid"];
            /** @description NVML's name for this one card, the same across reboots. */
            uuid: string;
            /** @description The model, such as `NVIDIA A100-SXM4-80GB`. */
            name: string;
            /** @description Its place on its host; this may change across reboots. */
            index: number;
            /** @description Its memory, in MiB. */
            total_mem_mb: number;
            /** @description Such as `8.0`; null where it is unknown. */
            compute_capability: string | null;
            /** @description Of NVIDIA's driver; null where it is unknown. */
            driver_version: string | null;
            /** @description The newest CUDA that the driver can run, such as `13.0`. */
            cuda_version: string | null;
            /** @description Such as `00000000:65:00.0`. */
            pci_bus_id: string | null;
            /** @description True when no such hardware exists: a stand-in for trying Constellation out. */
            simulated: boolean;
            state: components["schemas"]["GpuState"];
            /** @description In a sentence, why it is in its state; null while it is available. */
            state_reason: string | null;
            health: components["schemas"]["GpuHealth"];
            /** @description An operator's word that keeps runs off it. */
            cordon: components["schemas"]["Cordon"] | null;
            /** @description Null for a whole GPU. */
            mig: components["schemas"]["MigSlice"] | null;
            /** @description The GPUs that it is linked with by NVLink. */
            nvlink_peers: components["schemas"]["NvlinkPeer"][];
            /** @description What its operator says of it. */
            labels: {
                [key: string]: string;
            };
            /** @description What is wrong with it, the newest first. */
            faults: components["schemas"]["GpuFault"][];
            worker: components["schemas"]["GpuWorker"];
            /** @description The run that holds it, where you may see it and the queue answers. */
            current_run: components["schemas"]["CurrentRun"] | null;
            /** @description The last reading, where there is one of the last 30 seconds. */
            last_sample: components["schemas"]["GpuSample"] | null;
        };
        /**
         * @description `suspect`: it may go on with the run that it has, and then gets no other. `failed`: the run that it had was
         *     ended, to be tried again elsewhere.
         * @enum {string}
         */
        GpuHealth: "healthy" | "suspect" | "failed";
        /** @description What an operator says. */
        CordonRequest: {
            /** @description Why, in a sentence. */
            reason: string;
        };
        /** @description An operator's word that keeps runs off a GPU or a worker. */
        Cordon: {
            /**
             * @description `drain`: its present run may end; then it is cordoned.
             * @enum {string}
             */
            mode: "drain" | "cordon";
            /** @description Why, in the operator's words. */
            reason: string;
            /** @description Who said so. */
            by: string;
            at: components["schemas"]["Instant"];
        };
        /** @description A part of a GPU in MIG mode, which is a GPU of its own. */
        MigSlice: {
            /** @description The GPU that it is part of. */
            parent_uuid: string;
            /** @description The GPU instance, by NVIDIA's number. */
            gpu_instance: number;
            /** @description The compute instance in it, by NVIDIA's number. */
            compute_instance: number;
        };
        /** @description A GPU that is linked with this one. */
        NvlinkPeer: {
            /** @description The other GPU, by NVML's name for it. */
            uuid: string;
            /** @description How many there are between the two. */
            links: number;
        };
        /** @description Something that is wrong with a GPU until it is cleared. */
        GpuFault: {
            id: components["schemas"]["Uuid"];
            /**
             * @description What was wrong.
             * @enum {string}
             */
            kind: "xid" | "ecc" | "remap_pending" | "remap_failed" | "temperature" | "lost" | "recovery_action" | "strangers";
            /** @description The number of an XID, NVIDIA's word for what its driver reports; null for other kinds. */
            xid: number | null;
            /**
             * @description `drain`: the run that it has may end; then the GPU gets no other until this is cleared. `fatal`: the run
             *     that it has is ended and tried again elsewhere. `note` changes nothing.
             * @enum {string}
             */
            severity: "note" | "drain" | "fatal";
            /** @description In a sentence. */
            message: string;
            first_at: components["schemas"]["Instant"];
            last_at: components["schemas"]["Instant"];
            /** @description How often it was reported. */
            count: number;
            /** @description The run that held the GPU when it was first seen. */
            run_id: components["schemas"]["Uuid"] | null;
        };
        /** @description The worker that has a GPU. */
        GpuWorker: {
            /** @description Its name. */
            id: string;
            /** @description Its machine, as that calls itself. */
            hostname: string;
            /**
             * @description Whether it was heard of within the last 30 seconds.
             * @enum {string}
             */
            state: "online" | "offline";
        };
        /** @description The run that holds a GPU. */
        CurrentRun: {
            id: components["schemas"]["Uuid"];
            job_id: components["schemas"]["Uuid"];
        };
        /** @description What a GPU did at one moment. What it does not tell is null. */
        GpuSample: {
            at: components["schemas"]["Instant"];
            /** @description The part of the time in which it computed. */
            utilisation_percent: number | null;
            /** @description The part of the time in which its memory was read or written. */
            memory_utilisation_percent: number | null;
            /** @description Memory that is in use, in MiB. */
            memory_used_mb: number | null;
            /** @description What it draws. */
            power_watts: number | null;
            /** @description What it may draw. */
            power_limit_watts: number | null;
            /** @description How warm its chip is. */
            temperature_c: number | null;
            /** @description How warm its memory is. */
            memory_temperature_c: number | null;
            /** @description The clock of its processors. */
            sm_clock_mhz: number | null;
            /** @description The clock of its memory. */
            memory_clock_mhz: number | null;
            /** @description How fast its fans turn, of what they can. */
            fan_percent: number | null;
            /** @description Since the driver was loaded. */
            energy_joules: number | null;
            /** @description What holds it back; empty where nothing does. */
            throttle_reasons: components["schemas"]["ThrottleReason"][];
        };
        /** @description A page of GPUs. */
        GpuPage: {
            /** @description Those of this page. */
            gpus: components["schemas"]["Gpu"][];
            /** @description Give it as `cursor` for the next page; null on the last one. */
            next_cursor: string | null;
        };
        /** @description What an account has used. */
        AccountUsage: {
            /** @description The account. */
            account: string;
            /**
             * Format: date-time
             * @description Where the time asked about begins; null for all that there is.
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Where it ends, before this instant; null for all that there is.
             */
            to: string | null;
            /** @description Runs that have not ended are counted up to here. */
            as_of: components["schemas"]["Instant"];
            /** @description Each GPU of a run counts for itself. */
            gpu_seconds: number;
            /** @description How many attempts have started in it. */
            runs: number;
            /** @description What it cost at the prices of its hours, by currency; empty where there was no price. */
            cost: components["schemas"]["Money"][];
            /** @description Of attempts that did not succeed. */
            wasted_gpu_seconds: number;
            /** @description In which the GPU worked, of `measured_gpu_seconds`. */
            utilised_gpu_seconds: number;
            /** @description For how much of the GPU time it is known what the GPUs did. */
            measured_gpu_seconds: number;
            /** @description True while a run in it has not ended: the figure still grows. */
            provisional: boolean;
            /** @description The same by user and model. */
            rows: components["schemas"]["UsageRow"][];
        };
        /** @description An amount of a currency. */
        Money: {
            /** @description Exact. */
            amount: string;
            /** @description Such as `EUR`. */
            currency: string;
        };
        /**
         * @description `arrow` is the file format of Apache Arrow; `focus` is FOCUS 1.2 as CSV, and `focus_parquet` as Parquet.
         * @enum {string}
         */
        UsageExportFormat: "parquet" | "csv" | "arrow" | "focus" | "focus_parquet";
        /** @description What is to be in the file, and how it is written. */
        NewUsageExport: {
            format: components["schemas"]["UsageExportFormat"];
            /** @description A full hour, as `to`. FOCUS needs both, at most 400 days apart. */
            from?: components["schemas"]["Instant"];
            to?: components["schemas"]["Instant"];
            /** @description Of these accounts alone. */
            accounts?: string[];
            /** @description Of these accounts alone. */
            users?: string[];
            /** @description Of these accounts alone. */
            models?: string[];
        };
        /** @description Exports. */
        UsageExportList: {
            /** @description The newest first. */
            exports: components["schemas"]["UsageExport"][];
        };
        /** @description A file of the ledger that was asked for. */
        UsageExport: {
            id: components["schemas"]["Uuid"];
            format: components["schemas"]["UsageExportFormat"];
            /** @description Who asked for it. */
            requested_by: string;
            /**
             * Format: date-time
             * @description Where its range begins; null for all that there is.
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Where its range ends, before this instant; null for all that there is.
             */
            to: string | null;
            /**
             * @description How far it is.
             * @enum {string}
             */
            state: "queued" | "writing" | "done" | "failed" | "cancelled";
            /** @description How much of it is done. */
            progress: number;
            /** @description How many rows the file has; null until it is done. */
            rows: number | null;
            /** @description How large the file is; null until it is done. */
            bytes: number | null;
            /** @description Of the file, in hexadecimal digits. */
            sha256: string | null;
            /** @description Why it failed. */
            problem: string | null;
            /**
             * Format: date-time
             * @description What was used earlier is kept no longer and not in the file; null where all of it is.
             */
            complete_from: string | null;
            created_at: components["schemas"]["Instant"];
            /**
             * Format: date-time
             * @description When it was done or given up; null until then.
             */
            finished_at: string | null;
            /**
             * Format: date-time
             * @description Then the file is removed.
             */
            expires_at: string | null;
            /** @description Where the file is, for whoever has this link, until `link_expires_at`. */
            link: string | null;
            /**
             * Format: date-time
             * @description Until when the link holds. Asking again gives a new one.
             */
            link_expires_at: string | null;
        };
        /** @description What one user has used of one model. */
        UsageRow: {
            /** @description Who submitted the jobs. */
            user: string | null;
            /** @description The GPUs' model; null for runs without GPUs. */
            model: string | null;
            /** @description How long GPUs were held. */
            gpu_seconds: number;
            /** @description How many attempts have started in it. */
            runs: number;
            /** @description What it cost at the prices of its hours, by currency; empty where there was no price. */
            cost: components["schemas"]["Money"][];
            /** @description Of attempts that did not succeed. */
            wasted_gpu_seconds: number;
            /** @description In which the GPU worked, of `measured_gpu_seconds`. */
            utilised_gpu_seconds: number;
            /** @description For how much of the GPU time it is known what the GPUs did. */
            measured_gpu_seconds: number;
            /** @description True while a run in it has not ended: the figure still grows. */
            provisional: boolean;
        };
        /** @description The largest users. */
        Leaderboard: {
            /**
             * @description Whose usage is compared.
             * @enum {string}
             */
            by: "account" | "user" | "model";
            /**
             * Format: date-time
             * @description Where the time asked about begins; null for all that there is.
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Where it ends, before this instant; null for all that there is.
             */
            to: string | null;
            /** @description The largest first. */
            entries: components["schemas"]["LeaderboardEntry"][];
        };
        /** @description One of the largest users. */
        LeaderboardEntry: {
            /** @description 1 for the largest. */
            rank: number;
            /** @description The account, user or model. */
            key: string;
            /** @description How long GPUs were held. */
            gpu_seconds: number;
            /** @description How many attempts have started in it. */
            runs: number;
            /** @description What it cost at the prices of its hours, by currency; empty where there was no price. */
            cost: components["schemas"]["Money"][];
            /** @description Of attempts that did not succeed. */
            wasted_gpu_seconds: number;
            /** @description In which the GPU worked, of `measured_gpu_seconds`. */
            utilised_gpu_seconds: number;
            /** @description For how much of the GPU time it is known what the GPUs did. */
            measured_gpu_seconds: number;
            /** @description True while a run in it has not ended: the figure still grows. */
            provisional: boolean;
            as_of: components["schemas"]["Instant"];
        };
        /** @description Where a webhook is to lead, and what it is to hear of. */
        NewWebhook: {
            /** @description Of http or https. */
            url: string;
            /** @description `whsec_` and 24 to 64 bytes in base64. Made where it is absent. */
            secret?: string;
            /** @description What it is told of; all of jobs where it is absent. */
            events?: components["schemas"]["WebhookEventType"][];
            /**
             * @description Whose jobs: `own`, those that you submit; `account`, for its managers; `all`, for administrators. You are
             *     asked who you are when the webhook is saved, and not again.
             */
            scope?: components["schemas"]["WebhookScope"];
            /** @description With the scope `account`. */
            account?: components["schemas"]["PersonName"];
        };
        /**
         * @description Whose jobs a webhook hears of.
         * @enum {string}
         */
        WebhookScope: "own" | "account" | "all";
        /**
         * @description What can happen to a job.
         * @enum {string}
         */
        JobEventType: "job.queued" | "job.changed" | "job.claimed" | "job.running" | "job.requeued" | "job.cancelling" | "job.preempting" | "job.completed" | "job.failed" | "job.cancelled";
        /**
         * @description Of jobs, or `budget.crossed`, which is sent only where it is named, to webhooks of an account or of all.
         * @enum {string}
         */
        WebhookEventType: "job.queued" | "job.changed" | "job.claimed" | "job.running" | "job.requeued" | "job.cancelling" | "job.preempting" | "job.completed" | "job.failed" | "job.cancelled" | "budget.crossed";
        /** @description An address that is told of what happens to jobs. */
        Webhook: {
            id: components["schemas"]["Uuid"];
            /** @description Where its messages are sent. */
            url: string;
            /** @description Who has made it, and whose rights decide what it hears of. */
            owner: string;
            /** @description None stands for all of jobs. */
            events: string[];
            scope: components["schemas"]["WebhookScope"];
            /** @description With the scope `account`: whose jobs. */
            account: string | null;
            created_at: components["schemas"]["Instant"];
            /** @description How many attempts failed since the last one that did not. */
            failures: number;
            /**
             * Format: date-time
             * @description Since when every attempt failed; null where the last one did not.
             */
            failing_since: string | null;
            /**
             * Format: date-time
             * @description When it was disabled; null while it is told of things.
             */
            disabled_at: string | null;
            /** @description In a sentence. */
            why_disabled: string | null;
            /** @description There once, in the answer that adds the webhook, and only where the secret was made here. */
            secret?: string;
        };
        /** @description Webhooks. */
        WebhookList: {
            /** @description Yours; for administrators everybody's. */
            webhooks: components["schemas"]["Webhook"][];
        };
        /** @description A message to a webhook. */
        Delivery: {
            /** @description The message's `webhook-id`. */
            id: components["schemas"]["Uuid"];
            /** @description What it tells of, such as `job.completed`. */
            event: string;
            created_at: components["schemas"]["Instant"];
            /** @description How often it was sent. */
            attempts: number;
            /**
             * Format: date-time
             * @description When it was sent last; null where it never was.
             */
            last_at: string | null;
            /**
             * Format: date-time
             * @description When it is tried next; null at its end.
             */
            next_at: string | null;
            /**
             * Format: date-time
             * @description When it was taken with a status of 2xx; null where it was not.
             */
            delivered_at: string | null;
            /** @description What the last attempt was answered with. */
            last_status: number | null;
            /** @description In a sentence, what was wrong with it. */
            last_error: string | null;
        };
        /** @description A page of messages. */
        DeliveryPage: {
            /** @description Those of this page, the newest first. */
            deliveries: components["schemas"]["Delivery"][];
            /** @description Give it as `cursor` for the next page; null on the last one. */
            next_cursor: string | null;
        };
        /** @description What a webhook is told of a job. */
        WebhookEvent: {
            type: components["schemas"]["JobEventType"];
            /** @description When it happened. */
            timestamp: components["schemas"]["Instant"];
            /** @description The job as it was then, and the attempt that it is about. */
            data: {
                job: components["schemas"]["JobThen"];
                /** @description The attempt that it is about. */
                run: components["schemas"]["RunThen"] | null;
            };
        };
        /** @description What a webhook is told of a budget. */
        BudgetEvent: {
            /**
             * @description What has happened.
             * @enum {string}
             */
            type: "budget.crossed";
            /** @description When it happened. */
            timestamp: components["schemas"]["Instant"];
            /** @description The budget as it was then. */
            data: {
                /** @description A budget as it was then. Amounts are decimals, exact. */
                budget: {
                    id: components["schemas"]["Uuid"];
                    /** @description Who may spend it. */
                    account: string;
                    /** @description A currency such as `EUR`, or `GPU_HOURS`. */
                    unit: string;
                    /** @description In the currency, or in GPU-hours. */
                    amount: string;
                    /** @description Of UTC, such as `2026-01`. */
                    month: string;
                    /** @description What was crossed, in percent of the amount. */
                    threshold: number;
                    /** @description Of this month, by then. */
                    spent: string;
                };
            };
        };
        /** @description A job as it was when something happened to it. */
        JobThen: {
            id: components["schemas"]["Uuid"];
            /** @description What its submitter calls it. */
            name: string;
            state: components["schemas"]["JobState"];
            /** @description Counts the job's changes. */
            version: number;
            /** @description From -1000 to 1000. */
            priority: number;
            /** @description Who pays. */
            account: string;
            /** @description Who submitted it. */
            submitted_by: string;
            created_at: components["schemas"]["Instant"];
            /**
             * Format: date-time
             * @description When the present or last attempt's process started.
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it came to its end; null until then.
             */
            finished_at: string | null;
            /** @description In a sentence, why it was in its state. */
            reason: string | null;
            /** @description True from the moment that cancelling was asked for. */
            cancel_requested: boolean;
            /** @description The array that it is part of; null where it is of none. */
            array_id: string | null;
        };
        /** @description An attempt as it was then. */
        RunThen: {
            id: components["schemas"]["Uuid"];
            /** @description 1 for the first. */
            attempt: number;
            state: components["schemas"]["RunState"];
            /** @description The worker that it was given to. */
            worker: string;
            /**
             * Format: date-time
             * @description When its process started; null where it had not.
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it ended; null until then.
             */
            finished_at: string | null;
            /** @description The GPUs that it held. */
            gpus: {
                id: components["schemas"]["Uuid"];
                /** @description NVML's name for this one card. */
                uuid: string;
                /** @description The model. */
                name: string;
                /** @description True for a stand-in without hardware. */
                simulated: boolean;
            }[];
        };
        /** @description The service, and where its parts are. */
        Root: {
            /**
             * @description Always the same.
             * @constant
             */
            name: "constellation";
            /** @description The server's version. */
            version: string;
            /** @description Where its parts are, by what they are. */
            links: {
                [key: string]: string;
            };
        };
        /** @description Whether every part is ready. */
        Health: {
            /**
             * @description `ok` where all of them are.
             * @enum {string}
             */
            status: "ok" | "unavailable";
            /** @description `ok`, or in a sentence what is wrong. */
            parts: {
                [key: string]: string;
            };
        };
        /** @description RFC 9457. */
        Problem: {
            /**
             * @description Always the same.
             * @constant
             */
            type: "about:blank";
            /** @description The status in words. */
            title: string;
            /** @description The same as that of the answer. */
            status: number;
            /** @description In a sentence, what is wrong. */
            detail: string;
            /** @description Where it is, where that can be told. */
            errors?: components["schemas"]["FieldError"][];
        };
        /** @description What is wrong with one field or parameter. */
        FieldError: {
            /** @description Such as `params.gpus` or `params.command.0`; empty when it is about the whole. */
            path: string;
            /** @description What is wrong, in words that go on from the path. */
            message: string;
        };
    };
    responses: {
        /** @description The request is not as described here. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Bad Request",
                 *       "status": 400,
                 *       "detail": "The request is not as it should be.",
                 *       "errors": [
                 *         {
                 *           "path": "params.gpus",
                 *           "message": "must be >= 0"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no token, or it does not hold. */
        Unauthenticated: {
            headers: {
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unauthorized",
                 *       "status": 401,
                 *       "detail": "Sign in: this needs a bearer token."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description You may not do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Forbidden",
                 *       "status": 403,
                 *       "detail": "The role analyst submits no jobs."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or none that you may see. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Not Found",
                 *       "status": 404,
                 *       "detail": "There is no job 0199a1b2-0000-7000-8000-000000000001."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The answer has none of the types that `Accept` names. */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Not Acceptable",
                 *       "status": 406,
                 *       "detail": "This is answered as application/json."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was there, and is kept no longer. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Gone",
                 *       "status": 410,
                 *       "detail": "The output is older than output is kept."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The file ends before the part that was asked for begins. */
        NoSuchRange: {
            headers: {
                "Content-Range"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Range Not Satisfiable",
                 *       "status": 416,
                 *       "detail": "The file ends before that."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The job's state does not allow it. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Conflict",
                 *       "status": 409,
                 *       "detail": "The priority of a running job does not change."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The job has changed since the version of `If-Match`. Nothing was stored. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Precondition Failed",
                 *       "status": 412,
                 *       "detail": "The job has changed: its version is 4 now."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has more than 1 MiB. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Payload Too Large",
                 *       "status": 413,
                 *       "detail": "Request body is too large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is no `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unsupported Media Type",
                 *       "status": 415,
                 *       "detail": "Send the body as JSON, with the header Content-Type: application/json."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is as described here, but asks for what cannot be. Nothing was stored. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unprocessable Entity",
                 *       "status": 422,
                 *       "detail": "Nothing was stored.",
                 *       "errors": [
                 *         {
                 *           "path": "params.working_directory",
                 *           "message": "must be an absolute path"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something went wrong in the server. */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Internal Server Error",
                 *       "status": 500,
                 *       "detail": "Something went wrong here."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description You ask for more than your share. */
        TooMany: {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Too Many Requests",
                 *       "status": 429,
                 *       "detail": "You ask for much at once. Try again in 2 seconds."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A part of the server does not answer. */
        Unavailable: {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Service Unavailable",
                 *       "status": 503,
                 *       "detail": "The jobs service does not answer."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The job's id.
         * @example 0199a1b2-0000-7000-8000-000000000001
         */
        JobId: components["schemas"]["Uuid"];
        /**
         * @description The GPU's id.
         * @example 0199a1b2-0000-7000-8000-000000000003
         */
        GpuId: components["schemas"]["Uuid"];
        /**
         * @description A name of the client's for this one submission, kept for a day. Sent again with the same body it gives the
         *     same jobs; with another body it is refused with 422.
         * @example 7c1e5c9a-train-3
         */
        IdempotencyKey: string;
        /** @description Paid for by this account. */
        Account: components["schemas"]["PersonName"];
        /** @description Submitted by this user. */
        SubmittedBy: components["schemas"]["PersonName"];
        /** @description Part of the name, in any case. */
        NamePart: string;
        /** @description The jobs of this array. */
        OfArray: components["schemas"]["Uuid"];
        /**
         * @description Words, all of which must be in the job's name, command, user or account, in any case. One of a letter or two must begin a word. The beginning of a job's id finds it too, from 8 characters on.
         * @example train resnet
         */
        Text: string;
        /** @description The GPU model as it was asked for, in any case. */
        GpuModel: string;
        /** @description The jobs that had a run on this GPU. */
        RanOnGpu: components["schemas"]["Uuid"];
        /** @description Made from this template. */
        OfTemplate: string;
        /** @description Created at this time or later. */
        CreatedFrom: components["schemas"]["Instant"];
        /** @description Created before this time. */
        CreatedBefore: components["schemas"]["Instant"];
        /** @description With a minus, the greatest or the newest come first; `-created` is the default. Jobs that have not started, or not ended, come last in either direction. A cursor holds in the order that it was given in. */
        JobOrder: "created" | "-created" | "started" | "-started" | "finished" | "-finished" | "name" | "-name" | "priority" | "-priority";
        /**
         * @description The export's id.
         * @example 0199a1b2-0000-7000-8000-000000000021
         */
        ExportId: components["schemas"]["Uuid"];
        /**
         * @description The webhook's id.
         * @example 0199a1b2-0000-7000-8000-000000000011
         */
        WebhookId: components["schemas"]["Uuid"];
        /**
         * @description One `ETag` of the job: the change is made only where the job's version is still that one, and else refused with
         *     412. `*` stands for any.
         * @example "3-5d41402abc4b2a76"
         */
        IfMatch: string;
        /**
         * @description The `ETag`s of answers that the client has; `*` stands for any.
         * @example "3-5d41402abc4b2a76"
         */
        IfNoneMatch: string;
        /** @description How many at the most. */
        Limit: number;
        /** @description The `next_cursor` of the page before. */
        Cursor: string;
        /**
         * @description Runs that started at this time or later.
         * @example 2026-01-01T00:00:00Z
         */
        From: components["schemas"]["Instant"];
        /**
         * @description Runs that started before this time.
         * @example 2026-02-01T00:00:00Z
         */
        To: components["schemas"]["Instant"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The job's version, and what tells answers of the same version apart, as a waiting job's place moves on.
         * @example "3-5d41402abc4b2a76"
         */
        JobETag: string;
        /**
         * @description Where the next page is, as `<…>; rel="next"` (RFC 8288); absent on the last one.
         * @example </jobs?limit=50&cursor=WyIyMDI2Il0>; rel="next"
         */
        NextPage: string;
        /** @description Nothing new was stored. */
        IdempotencyReplayed: "true";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getRoot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service and where its parts are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "constellation",
                     *       "version": "0.1.0",
                     *       "links": {
                     *         "page": "/app/",
                     *         "docs": "/docs",
                     *         "openapi": "/openapi.json",
                     *         "health": "/health",
                     *         "graphql": "/graphql",
                     *         "jobs": "/jobs",
                     *         "webhooks": "/webhooks",
                     *         "stream": "/stream",
                     *         "gpus": "/gpus",
                     *         "leaderboard": "/usage/leaderboard"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Root"];
                };
            };
            /** @description The page, for browsers. */
            303: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            500: components["responses"]["Internal"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything is ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "parts": {
                     *         "gateway": "ok",
                     *         "jobs": "ok",
                     *         "gpus": "ok",
                     *         "usage": "ok",
                     *         "nats": "ok"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description Something is not; `parts` names it. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "unavailable",
                     *       "parts": {
                     *         "gateway": "ok",
                     *         "jobs": "ok",
                     *         "gpus": "does not answer",
                     *         "usage": "ok",
                     *         "nats": "ok"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    createWorkerToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token. Its subject is the worker's name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
                     *       "expires_in": 3600
                     *     }
                     */
                    "application/json": {
                        /** @description The bearer to send from then on. */
                        token: string;
                        /** @description In seconds. */
                        expires_in: number;
                        /** @description How the worker logs in to NATS meanwhile, where the gateway gives that: it may say and hear there what is its own. */
                        nats?: {
                            /** @description What to log in with. */
                            user: string;
                            /** @description A JWT of NATS, a dot, and the key that goes with it. */
                            password: string;
                        };
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0",
                     *       "info": {
                     *         "title": "Constellation",
                     *         "version": "0.1.0"
                     *       }
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            500: components["responses"]["Internal"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /**
                 * @description One state, or several with commas between them.
                 * @example [
                 *       "queued",
                 *       "running"
                 *     ]
                 */
                state?: components["schemas"]["JobState"][];
                /** @description Paid for by this account. */
                account?: components["parameters"]["Account"];
                /** @description Submitted by this user. */
                submitted_by?: components["parameters"]["SubmittedBy"];
                /** @description Part of the name, in any case. */
                name?: components["parameters"]["NamePart"];
                /** @description The jobs of this array. */
                array?: components["parameters"]["OfArray"];
                /**
                 * @description Words, all of which must be in the job's name, command, user or account, in any case. One of a letter or two must begin a word. The beginning of a job's id finds it too, from 8 characters on.
                 * @example train resnet
                 */
                text?: components["parameters"]["Text"];
                /** @description The GPU model as it was asked for, in any case. */
                gpu_model?: components["parameters"]["GpuModel"];
                /** @description The jobs that had a run on this GPU. */
                gpu?: components["parameters"]["RanOnGpu"];
                /** @description Made from this template. */
                template?: components["parameters"]["OfTemplate"];
                /** @description Created at this time or later. */
                created_from?: components["parameters"]["CreatedFrom"];
                /** @description Created before this time. */
                created_before?: components["parameters"]["CreatedBefore"];
                /** @description With a minus, the greatest or the newest come first; `-created` is the default. Jobs that have not started, or not ended, come last in either direction. A cursor holds in the order that it was given in. */
                order?: components["parameters"]["JobOrder"];
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs. */
            200: {
                headers: {
                    Link: components["headers"]["NextPage"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "jobs": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000001",
                     *           "name": "train",
                     *           "params": {
                     *             "command": [
                     *               "python3",
                     *               "train.py"
                     *             ],
                     *             "gpus": 1
                     *           },
                     *           "template": null,
                     *           "priority": 5,
                     *           "state": "completed",
                     *           "created_at": "2026-01-31T12:00:00.000Z",
                     *           "submitted_by": "alice",
                     *           "account": "team-a",
                     *           "started_at": "2026-01-31T12:00:01.000Z",
                     *           "finished_at": "2026-01-31T12:00:04.250Z",
                     *           "reason": null,
                     *           "cancel_requested": false,
                     *           "gpu_seconds": 3.25,
                     *           "runs": [
                     *             {
                     *               "id": "0199a1b2-0000-7000-8000-000000000002",
                     *               "job_id": "0199a1b2-0000-7000-8000-000000000001",
                     *               "attempt": 1,
                     *               "gpu_id": "0199a1b2-0000-7000-8000-000000000003",
                     *               "gpus": [
                     *                 {
                     *                   "id": "0199a1b2-0000-7000-8000-000000000003",
                     *                   "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *                   "name": "NVIDIA A100-SXM4-80GB",
                     *                   "simulated": false
                     *                 }
                     *               ],
                     *               "started_at": "2026-01-31T12:00:01.000Z",
                     *               "finished_at": "2026-01-31T12:00:04.250Z",
                     *               "state": "completed",
                     *               "exit_code": 0,
                     *               "signal": null,
                     *               "outcome": "exited",
                     *               "reason": null,
                     *               "idle_since": null,
                     *               "metrics": {
                     *                 "mean_utilisation_percent": 87.5,
                     *                 "max_utilisation_percent": 100,
                     *                 "peak_memory_mb": 40210,
                     *                 "mean_power_watts": 353.8,
                     *                 "max_power_watts": 402.5,
                     *                 "energy_joules": 1150,
                     *                 "max_temperature_c": 61,
                     *                 "throttled_seconds": 0.5,
                     *                 "throttle_reasons": [
                     *                   "power_cap"
                     *                 ],
                     *                 "idle_seconds": 0,
                     *                 "xids": []
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    submitJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A name of the client's for this one submission, kept for a day. Sent again with the same body it gives the
                 *     same jobs; with another body it is refused with 422.
                 * @example 7c1e5c9a-train-3
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobSubmission"];
            };
        };
        responses: {
            /** @description The job that this key has given before. */
            200: {
                headers: {
                    Location?: string;
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job, in the queue. */
            201: {
                headers: {
                    /** @description Where the job is found. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000001",
                     *       "name": "train",
                     *       "params": {
                     *         "command": [
                     *           "python3",
                     *           "train.py"
                     *         ],
                     *         "gpus": 1
                     *       },
                     *       "template": null,
                     *       "priority": 5,
                     *       "state": "queued",
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "submitted_by": "alice",
                     *       "account": "team-a",
                     *       "started_at": null,
                     *       "finished_at": null,
                     *       "reason": null,
                     *       "cancel_requested": false,
                     *       "runs": []
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    submitJobs: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A name of the client's for this one submission, kept for a day. Sent again with the same body it gives the
                 *     same jobs; with another body it is refused with 422.
                 * @example 7c1e5c9a-train-3
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobBatch"];
            };
        };
        responses: {
            /** @description The jobs that this key has given before. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            /** @description The jobs, in the order in which they were given. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "jobs": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000001",
                     *           "name": "train",
                     *           "params": {
                     *             "command": [
                     *               "python3",
                     *               "train.py"
                     *             ],
                     *             "gpus": 1
                     *           },
                     *           "template": null,
                     *           "priority": 5,
                     *           "state": "queued",
                     *           "created_at": "2026-01-31T12:00:00.000Z",
                     *           "submitted_by": "alice",
                     *           "account": "team-a",
                     *           "started_at": null,
                     *           "finished_at": null,
                     *           "reason": null,
                     *           "cancel_requested": false,
                     *           "runs": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "0199a1b2-0000-7000-8000-000000000001"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["JobIds"];
            };
        };
        responses: {
            /** @description The jobs that are cancelled, on their way there, or had ended before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "jobs": [],
                     *       "errors": [
                     *         {
                     *           "path": "ids.0",
                     *           "message": "There is no job 0199a1b2-0000-7000-8000-000000000001."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CancelledJobs"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rerunJobs: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A name of the client's for this one submission, kept for a day. Sent again with the same body it gives the
                 *     same jobs; with another body it is refused with 422.
                 * @example 7c1e5c9a-train-3
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "0199a1b2-0000-7000-8000-000000000001"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["JobIds"];
            };
        };
        responses: {
            /** @description The jobs that this key has given before. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            /** @description The new jobs, in the order of the ids. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "jobs": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000001",
                     *           "name": "train",
                     *           "params": {
                     *             "command": [
                     *               "python3",
                     *               "train.py"
                     *             ],
                     *             "gpus": 1
                     *           },
                     *           "template": null,
                     *           "priority": 5,
                     *           "state": "queued",
                     *           "created_at": "2026-01-31T12:00:00.000Z",
                     *           "submitted_by": "alice",
                     *           "account": "team-a",
                     *           "started_at": null,
                     *           "finished_at": null,
                     *           "reason": null,
                     *           "cancel_requested": false,
                     *           "runs": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "params": {
                 *         "command": [
                 *           "python3",
                 *           "train.py"
                 *         ],
                 *         "gpus": {
                 *           "count": 2,
                 *           "model": "A100"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["JobSubmission"];
            };
        };
        responses: {
            /** @description What is known of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "possible": true,
                     *       "reason": "busy",
                     *       "message": "All 2 GPUs that would do are in use.",
                     *       "eta": "2026-01-31T12:10:00.000Z",
                     *       "workers": [
                     *         {
                     *           "worker": "worker-1",
                     *           "possible": true,
                     *           "gpus_that_fit": 2,
                     *           "gpus_free": 0,
                     *           "reason": null
                     *         },
                     *         {
                     *           "worker": "worker-2",
                     *           "possible": false,
                     *           "gpus_that_fit": 1,
                     *           "gpus_free": 1,
                     *           "reason": "Only one of its GPUs would do."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobCheck"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag`s of answers that the client has; `*` stands for any.
                 * @example "3-5d41402abc4b2a76"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The job's id.
                 * @example 0199a1b2-0000-7000-8000-000000000001
                 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    ETag: components["headers"]["JobETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000001",
                     *       "name": "train",
                     *       "params": {
                     *         "command": [
                     *           "python3",
                     *           "train.py"
                     *         ],
                     *         "gpus": 1
                     *       },
                     *       "template": null,
                     *       "priority": 5,
                     *       "state": "completed",
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "submitted_by": "alice",
                     *       "account": "team-a",
                     *       "started_at": "2026-01-31T12:00:01.000Z",
                     *       "finished_at": "2026-01-31T12:00:04.250Z",
                     *       "reason": null,
                     *       "cancel_requested": false,
                     *       "gpu_seconds": 3.25,
                     *       "runs": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000002",
                     *           "job_id": "0199a1b2-0000-7000-8000-000000000001",
                     *           "attempt": 1,
                     *           "gpu_id": "0199a1b2-0000-7000-8000-000000000003",
                     *           "gpus": [
                     *             {
                     *               "id": "0199a1b2-0000-7000-8000-000000000003",
                     *               "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *               "name": "NVIDIA A100-SXM4-80GB",
                     *               "simulated": false
                     *             }
                     *           ],
                     *           "started_at": "2026-01-31T12:00:01.000Z",
                     *           "finished_at": "2026-01-31T12:00:04.250Z",
                     *           "state": "completed",
                     *           "exit_code": 0,
                     *           "signal": null,
                     *           "outcome": "exited",
                     *           "reason": null,
                     *           "idle_since": null,
                     *           "metrics": {
                     *             "mean_utilisation_percent": 87.5,
                     *             "max_utilisation_percent": 100,
                     *             "peak_memory_mb": 40210,
                     *             "mean_power_watts": 353.8,
                     *             "max_power_watts": 402.5,
                     *             "energy_joules": 1150,
                     *             "max_temperature_c": 61,
                     *             "throttled_seconds": 0.5,
                     *             "throttle_reasons": [
                     *               "power_cap"
                     *             ],
                     *             "idle_seconds": 0,
                     *             "xids": []
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job is as the client has it. */
            304: {
                headers: {
                    ETag: components["headers"]["JobETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One `ETag` of the job: the change is made only where the job's version is still that one, and else refused with
                 *     412. `*` stands for any.
                 * @example "3-5d41402abc4b2a76"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The job's id.
                 * @example 0199a1b2-0000-7000-8000-000000000001
                 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "train again",
                 *       "priority": 10
                 *     }
                 */
                "application/json": components["schemas"]["JobUpdate"];
            };
        };
        responses: {
            /** @description The job as it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["JobETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000001",
                     *       "name": "train",
                     *       "params": {
                     *         "command": [
                     *           "python3",
                     *           "train.py"
                     *         ],
                     *         "gpus": 1
                     *       },
                     *       "template": null,
                     *       "priority": 5,
                     *       "state": "queued",
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "submitted_by": "alice",
                     *       "account": "team-a",
                     *       "started_at": null,
                     *       "finished_at": null,
                     *       "reason": null,
                     *       "cancel_requested": false,
                     *       "runs": []
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The job's id.
                 * @example 0199a1b2-0000-7000-8000-000000000001
                 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000001",
                     *       "name": "train",
                     *       "params": {
                     *         "command": [
                     *           "python3",
                     *           "train.py"
                     *         ],
                     *         "gpus": 1
                     *       },
                     *       "template": null,
                     *       "priority": 5,
                     *       "state": "completed",
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "submitted_by": "alice",
                     *       "account": "team-a",
                     *       "started_at": "2026-01-31T12:00:01.000Z",
                     *       "finished_at": "2026-01-31T12:00:04.250Z",
                     *       "reason": null,
                     *       "cancel_requested": false,
                     *       "gpu_seconds": 3.25,
                     *       "runs": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000002",
                     *           "job_id": "0199a1b2-0000-7000-8000-000000000001",
                     *           "attempt": 1,
                     *           "gpu_id": "0199a1b2-0000-7000-8000-000000000003",
                     *           "gpus": [
                     *             {
                     *               "id": "0199a1b2-0000-7000-8000-000000000003",
                     *               "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *               "name": "NVIDIA A100-SXM4-80GB",
                     *               "simulated": false
                     *             }
                     *           ],
                     *           "started_at": "2026-01-31T12:00:01.000Z",
                     *           "finished_at": "2026-01-31T12:00:04.250Z",
                     *           "state": "completed",
                     *           "exit_code": 0,
                     *           "signal": null,
                     *           "outcome": "exited",
                     *           "reason": null,
                     *           "idle_since": null,
                     *           "metrics": {
                     *             "mean_utilisation_percent": 87.5,
                     *             "max_utilisation_percent": 100,
                     *             "peak_memory_mb": 40210,
                     *             "mean_power_watts": 353.8,
                     *             "max_power_watts": 402.5,
                     *             "energy_joules": 1150,
                     *             "max_temperature_c": 61,
                     *             "throttled_seconds": 0.5,
                     *             "throttle_reasons": [
                     *               "power_cap"
                     *             ],
                     *             "idle_seconds": 0,
                     *             "xids": []
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job is being ended. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000001",
                     *       "name": "train",
                     *       "params": {
                     *         "command": [
                     *           "python3",
                     *           "train.py"
                     *         ],
                     *         "gpus": 1
                     *       },
                     *       "template": null,
                     *       "priority": 5,
                     *       "state": "completed",
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "submitted_by": "alice",
                     *       "account": "team-a",
                     *       "started_at": "2026-01-31T12:00:01.000Z",
                     *       "finished_at": "2026-01-31T12:00:04.250Z",
                     *       "reason": null,
                     *       "cancel_requested": false,
                     *       "gpu_seconds": 3.25,
                     *       "runs": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000002",
                     *           "job_id": "0199a1b2-0000-7000-8000-000000000001",
                     *           "attempt": 1,
                     *           "gpu_id": "0199a1b2-0000-7000-8000-000000000003",
                     *           "gpus": [
                     *             {
                     *               "id": "0199a1b2-0000-7000-8000-000000000003",
                     *               "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *               "name": "NVIDIA A100-SXM4-80GB",
                     *               "simulated": false
                     *             }
                     *           ],
                     *           "started_at": "2026-01-31T12:00:01.000Z",
                     *           "finished_at": "2026-01-31T12:00:04.250Z",
                     *           "state": "completed",
                     *           "exit_code": 0,
                     *           "signal": null,
                     *           "outcome": "exited",
                     *           "reason": null,
                     *           "idle_since": null,
                     *           "metrics": {
                     *             "mean_utilisation_percent": 87.5,
                     *             "max_utilisation_percent": 100,
                     *             "peak_memory_mb": 40210,
                     *             "mean_power_watts": 353.8,
                     *             "max_power_watts": 402.5,
                     *             "energy_joules": 1150,
                     *             "max_temperature_c": 61,
                     *             "throttled_seconds": 0.5,
                     *             "throttle_reasons": [
                     *               "power_cap"
                     *             ],
                     *             "idle_seconds": 0,
                     *             "xids": []
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One `ETag` of the job: the change is made only where the job's version is still that one, and else refused with
                 *     412. `*` stands for any.
                 * @example "3-5d41402abc4b2a76"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The job's id.
                 * @example 0199a1b2-0000-7000-8000-000000000001
                 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "train again",
                 *       "priority": 10
                 *     }
                 */
                "application/json": components["schemas"]["JobUpdate"];
            };
        };
        responses: {
            /** @description The job as it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["JobETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000001",
                     *       "name": "train",
                     *       "params": {
                     *         "command": [
                     *           "python3",
                     *           "train.py"
                     *         ],
                     *         "gpus": 1
                     *       },
                     *       "template": null,
                     *       "priority": 5,
                     *       "state": "queued",
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "submitted_by": "alice",
                     *       "account": "team-a",
                     *       "started_at": null,
                     *       "finished_at": null,
                     *       "reason": null,
                     *       "cancel_requested": false,
                     *       "runs": []
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    followJobLogs: {
        parameters: {
            query?: {
                /** @description This attempt alone; 1 is the first. */
                attempt?: number;
                /**
                 * @description From the piece that holds the beginning of this line on, counted from 0 over the first attempt of
                 *     the answer. A line that is not written yet is waited for.
                 */
                from_line?: number;
            };
            header?: {
                /**
                 * @description The `id` of the last event that was received.
                 * @example 1.41
                 */
                "Last-Event-ID"?: string;
            };
            path: {
                /**
                 * @description The job's id.
                 * @example 0199a1b2-0000-7000-8000-000000000001
                 */
                id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The output. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 1.0
                     *     event: log
                     *     data: {"attempt":1,"run_id":"0199a1b2-0000-7000-8000-000000000002","seq":0,"at":"2026-01-31T12:00:01.000Z","stream":"stdout","text":"epoch 1\n","first_line":0}
                     *
                     *     id: end
                     *     event: end
                     *     data: {"state":"completed","exit_code":0}
                     */
                    "text/event-stream": string;
                    /** @example epoch 1 */
                    "text/plain": string;
                };
            };
            /** @description The last event that was received was `end`. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    openStream: {
        parameters: {
            query?: {
                /** @description This job alone, in place of all that you may see. It goes with no filter. */
                job_id?: components["schemas"]["Uuid"];
                /**
                 * @description One state, or several with commas between them.
                 * @example [
                 *       "queued",
                 *       "running"
                 *     ]
                 */
                state?: components["schemas"]["JobState"][];
                /** @description Paid for by this account. */
                account?: components["parameters"]["Account"];
                /** @description Submitted by this user. */
                submitted_by?: components["parameters"]["SubmittedBy"];
                /** @description Part of the name, in any case. */
                name?: components["parameters"]["NamePart"];
                /** @description The jobs of this array. */
                array?: components["parameters"]["OfArray"];
                /** @description The `id` of the last message that was received. */
                after?: string;
                /** @description For clients that can send no header. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            /** @description The request was no WebSocket handshake. */
            426: {
                headers: {
                    Upgrade?: "websocket";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Upgrade Required",
                     *       "status": 426,
                     *       "detail": "This is a WebSocket."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Internal"];
        };
    };
    listGpus: {
        parameters: {
            query?: {
                /** @description Part of the model's name, in any case. */
                name?: string;
                /** @description The worker's id. */
                worker?: components["schemas"]["PersonName"];
                /** @description True for simulated ones, false for real ones. */
                simulated?: boolean;
                /**
                 * @description One of these, or several with commas between them.
                 * @example [
                 *       "suspect",
                 *       "failed"
                 *     ]
                 */
                health?: components["schemas"]["GpuHealth"][];
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of GPUs. */
            200: {
                headers: {
                    Link: components["headers"]["NextPage"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "gpus": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000003",
                     *           "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *           "name": "NVIDIA A100-SXM4-80GB",
                     *           "index": 0,
                     *           "total_mem_mb": 81920,
                     *           "compute_capability": "8.0",
                     *           "driver_version": "580.95.05",
                     *           "cuda_version": "13.0",
                     *           "pci_bus_id": "00000000:65:00.0",
                     *           "simulated": false,
                     *           "state": "available",
                     *           "state_reason": null,
                     *           "health": "healthy",
                     *           "cordon": null,
                     *           "mig": null,
                     *           "nvlink_peers": [
                     *             {
                     *               "uuid": "GPU-0b9a3c5d-4d2c-4a8b-8f6e-1a2b3c4d5e6f",
                     *               "links": 12
                     *             }
                     *           ],
                     *           "labels": {
                     *             "rack": "a1"
                     *           },
                     *           "faults": [],
                     *           "worker": {
                     *             "id": "worker-1",
                     *             "hostname": "node-1",
                     *             "state": "online"
                     *           },
                     *           "current_run": null,
                     *           "last_sample": {
                     *             "at": "2026-01-31T12:00:00.000Z",
                     *             "utilisation_percent": 0,
                     *             "memory_utilisation_percent": 0,
                     *             "memory_used_mb": 512,
                     *             "power_watts": 61.5,
                     *             "power_limit_watts": 400,
                     *             "temperature_c": 34,
                     *             "memory_temperature_c": 36,
                     *             "sm_clock_mhz": 210,
                     *             "memory_clock_mhz": 1593,
                     *             "fan_percent": null,
                     *             "energy_joules": 1834022,
                     *             "throttle_reasons": []
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["GpuPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getGpu: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The GPU. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000003",
                     *       "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *       "name": "NVIDIA A100-SXM4-80GB",
                     *       "index": 0,
                     *       "total_mem_mb": 81920,
                     *       "compute_capability": "8.0",
                     *       "driver_version": "580.95.05",
                     *       "cuda_version": "13.0",
                     *       "pci_bus_id": "00000000:65:00.0",
                     *       "simulated": false,
                     *       "state": "available",
                     *       "state_reason": null,
                     *       "health": "healthy",
                     *       "cordon": null,
                     *       "mig": null,
                     *       "nvlink_peers": [
                     *         {
                     *           "uuid": "GPU-0b9a3c5d-4d2c-4a8b-8f6e-1a2b3c4d5e6f",
                     *           "links": 12
                     *         }
                     *       ],
                     *       "labels": {
                     *         "rack": "a1"
                     *       },
                     *       "faults": [],
                     *       "worker": {
                     *         "id": "worker-1",
                     *         "hostname": "node-1",
                     *         "state": "online"
                     *       },
                     *       "current_run": null,
                     *       "last_sample": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "utilisation_percent": 0,
                     *         "memory_utilisation_percent": 0,
                     *         "memory_used_mb": 512,
                     *         "power_watts": 61.5,
                     *         "power_limit_watts": 400,
                     *         "temperature_c": 34,
                     *         "memory_temperature_c": 36,
                     *         "sm_clock_mhz": 210,
                     *         "memory_clock_mhz": 1593,
                     *         "fan_percent": null,
                     *         "energy_joules": 1834022,
                     *         "throttle_reasons": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Gpu"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cordonGpu: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Its fan is loud."
                 *     }
                 */
                "application/json": components["schemas"]["CordonRequest"];
            };
        };
        responses: {
            /** @description The GPU as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000003",
                     *       "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *       "name": "NVIDIA A100-SXM4-80GB",
                     *       "index": 0,
                     *       "total_mem_mb": 81920,
                     *       "compute_capability": "8.0",
                     *       "driver_version": "580.95.05",
                     *       "cuda_version": "13.0",
                     *       "pci_bus_id": "00000000:65:00.0",
                     *       "simulated": false,
                     *       "state": "available",
                     *       "state_reason": null,
                     *       "health": "healthy",
                     *       "cordon": null,
                     *       "mig": null,
                     *       "nvlink_peers": [
                     *         {
                     *           "uuid": "GPU-0b9a3c5d-4d2c-4a8b-8f6e-1a2b3c4d5e6f",
                     *           "links": 12
                     *         }
                     *       ],
                     *       "labels": {
                     *         "rack": "a1"
                     *       },
                     *       "faults": [],
                     *       "worker": {
                     *         "id": "worker-1",
                     *         "hostname": "node-1",
                     *         "state": "online"
                     *       },
                     *       "current_run": null,
                     *       "last_sample": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "utilisation_percent": 0,
                     *         "memory_utilisation_percent": 0,
                     *         "memory_used_mb": 512,
                     *         "power_watts": 61.5,
                     *         "power_limit_watts": 400,
                     *         "temperature_c": 34,
                     *         "memory_temperature_c": 36,
                     *         "sm_clock_mhz": 210,
                     *         "memory_clock_mhz": 1593,
                     *         "fan_percent": null,
                     *         "energy_joules": 1834022,
                     *         "throttle_reasons": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Gpu"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    drainGpu: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Its fan is loud."
                 *     }
                 */
                "application/json": components["schemas"]["CordonRequest"];
            };
        };
        responses: {
            /** @description The GPU as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000003",
                     *       "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *       "name": "NVIDIA A100-SXM4-80GB",
                     *       "index": 0,
                     *       "total_mem_mb": 81920,
                     *       "compute_capability": "8.0",
                     *       "driver_version": "580.95.05",
                     *       "cuda_version": "13.0",
                     *       "pci_bus_id": "00000000:65:00.0",
                     *       "simulated": false,
                     *       "state": "available",
                     *       "state_reason": null,
                     *       "health": "healthy",
                     *       "cordon": null,
                     *       "mig": null,
                     *       "nvlink_peers": [
                     *         {
                     *           "uuid": "GPU-0b9a3c5d-4d2c-4a8b-8f6e-1a2b3c4d5e6f",
                     *           "links": 12
                     *         }
                     *       ],
                     *       "labels": {
                     *         "rack": "a1"
                     *       },
                     *       "faults": [],
                     *       "worker": {
                     *         "id": "worker-1",
                     *         "hostname": "node-1",
                     *         "state": "online"
                     *       },
                     *       "current_run": null,
                     *       "last_sample": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "utilisation_percent": 0,
                     *         "memory_utilisation_percent": 0,
                     *         "memory_used_mb": 512,
                     *         "power_watts": 61.5,
                     *         "power_limit_watts": 400,
                     *         "temperature_c": 34,
                     *         "memory_temperature_c": 36,
                     *         "sm_clock_mhz": 210,
                     *         "memory_clock_mhz": 1593,
                     *         "fan_percent": null,
                     *         "energy_joules": 1834022,
                     *         "throttle_reasons": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Gpu"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    returnGpu: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The GPU's id.
                 * @example 0199a1b2-0000-7000-8000-000000000003
                 */
                id: components["parameters"]["GpuId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The GPU as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000003",
                     *       "uuid": "GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e",
                     *       "name": "NVIDIA A100-SXM4-80GB",
                     *       "index": 0,
                     *       "total_mem_mb": 81920,
                     *       "compute_capability": "8.0",
                     *       "driver_version": "580.95.05",
                     *       "cuda_version": "13.0",
                     *       "pci_bus_id": "00000000:65:00.0",
                     *       "simulated": false,
                     *       "state": "available",
                     *       "state_reason": null,
                     *       "health": "healthy",
                     *       "cordon": null,
                     *       "mig": null,
                     *       "nvlink_peers": [
                     *         {
                     *           "uuid": "GPU-0b9a3c5d-4d2c-4a8b-8f6e-1a2b3c4d5e6f",
                     *           "links": 12
                     *         }
                     *       ],
                     *       "labels": {
                     *         "rack": "a1"
                     *       },
                     *       "faults": [],
                     *       "worker": {
                     *         "id": "worker-1",
                     *         "hostname": "node-1",
                     *         "state": "online"
                     *       },
                     *       "current_run": null,
                     *       "last_sample": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "utilisation_percent": 0,
                     *         "memory_utilisation_percent": 0,
                     *         "memory_used_mb": 512,
                     *         "power_watts": 61.5,
                     *         "power_limit_watts": 400,
                     *         "temperature_c": 34,
                     *         "memory_temperature_c": 36,
                     *         "sm_clock_mhz": 210,
                     *         "memory_clock_mhz": 1593,
                     *         "fan_percent": null,
                     *         "energy_joules": 1834022,
                     *         "throttle_reasons": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Gpu"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountUsage: {
        parameters: {
            query?: {
                /**
                 * @description Runs that started at this time or later.
                 * @example 2026-01-01T00:00:00Z
                 */
                from?: components["parameters"]["From"];
                /**
                 * @description Runs that started before this time.
                 * @example 2026-02-01T00:00:00Z
                 */
                to?: components["parameters"]["To"];
            };
            header?: never;
            path: {
                /**
                 * @description The account's name.
                 * @example team-a
                 */
                id: components["schemas"]["PersonName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account's usage, in all and by user and GPU model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": "team-a",
                     *       "from": "2026-01-01T00:00:00.000Z",
                     *       "to": null,
                     *       "as_of": "2026-01-31T12:00:00.000Z",
                     *       "gpu_seconds": 86401.25,
                     *       "runs": 12,
                     *       "provisional": false,
                     *       "cost": [
                     *         {
                     *           "amount": "48.0000000000",
                     *           "currency": "EUR"
                     *         }
                     *       ],
                     *       "wasted_gpu_seconds": 0,
                     *       "utilised_gpu_seconds": 43200.5,
                     *       "measured_gpu_seconds": 86401.25,
                     *       "rows": [
                     *         {
                     *           "user": "alice",
                     *           "model": "NVIDIA A100-SXM4-80GB",
                     *           "gpu_seconds": 86401.25,
                     *           "runs": 12,
                     *           "provisional": false,
                     *           "cost": [
                     *             {
                     *               "amount": "48.0000000000",
                     *               "currency": "EUR"
                     *             }
                     *           ],
                     *           "wasted_gpu_seconds": 0,
                     *           "utilised_gpu_seconds": 43200.5,
                     *           "measured_gpu_seconds": 86401.25
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccountUsage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The account's name.
                 * @example team-a
                 */
                id: components["schemas"]["PersonName"];
                /**
                 * @description A month of UTC, such as `2026-01`.
                 * @example 2026-01
                 */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exports, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exports": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000021",
                     *           "format": "focus",
                     *           "requested_by": "alice",
                     *           "from": "2026-01-01T00:00:00.000Z",
                     *           "to": "2026-02-01T00:00:00.000Z",
                     *           "state": "done",
                     *           "progress": 1,
                     *           "rows": 1200,
                     *           "bytes": 480123,
                     *           "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                     *           "problem": null,
                     *           "complete_from": null,
                     *           "created_at": "2026-02-01T09:00:00.000Z",
                     *           "finished_at": "2026-02-01T09:00:02.000Z",
                     *           "expires_at": "2026-02-02T09:00:02.000Z",
                     *           "link": "/usage/exports/0199a1b2-0000-7000-8000-000000000021/file?expires=1769937300&signature=c2ln",
                     *           "link_expires_at": "2026-02-01T09:15:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UsageExportList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "format": "focus",
                 *       "from": "2026-01-01T00:00:00Z",
                 *       "to": "2026-02-01T00:00:00Z",
                 *       "accounts": [
                 *         "team-a"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewUsageExport"];
            };
        };
        responses: {
            /** @description It is to be written. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000021",
                     *       "format": "focus",
                     *       "requested_by": "alice",
                     *       "from": "2026-01-01T00:00:00.000Z",
                     *       "to": "2026-02-01T00:00:00.000Z",
                     *       "state": "done",
                     *       "progress": 1,
                     *       "rows": 1200,
                     *       "bytes": 480123,
                     *       "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                     *       "problem": null,
                     *       "complete_from": null,
                     *       "created_at": "2026-02-01T09:00:00.000Z",
                     *       "finished_at": "2026-02-01T09:00:02.000Z",
                     *       "expires_at": "2026-02-02T09:00:02.000Z",
                     *       "link": "/usage/exports/0199a1b2-0000-7000-8000-000000000021/file?expires=1769937300&signature=c2ln",
                     *       "link_expires_at": "2026-02-01T09:15:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["UsageExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The export's id.
                 * @example 0199a1b2-0000-7000-8000-000000000021
                 */
                id: components["parameters"]["ExportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export, with a new link where it is done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000021",
                     *       "format": "focus",
                     *       "requested_by": "alice",
                     *       "from": "2026-01-01T00:00:00.000Z",
                     *       "to": "2026-02-01T00:00:00.000Z",
                     *       "state": "done",
                     *       "progress": 1,
                     *       "rows": 1200,
                     *       "bytes": 480123,
                     *       "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                     *       "problem": null,
                     *       "complete_from": null,
                     *       "created_at": "2026-02-01T09:00:00.000Z",
                     *       "finished_at": "2026-02-01T09:00:02.000Z",
                     *       "expires_at": "2026-02-02T09:00:02.000Z",
                     *       "link": "/usage/exports/0199a1b2-0000-7000-8000-000000000021/file?expires=1769937300&signature=c2ln",
                     *       "link_expires_at": "2026-02-01T09:15:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["UsageExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The export's id.
                 * @example 0199a1b2-0000-7000-8000-000000000021
                 */
                id: components["parameters"]["ExportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is no file of it, and will not be. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExportFile: {
        parameters: {
            query: {
                /** @description Of the link. */
                expires: string;
                /** @description Of the link. */
                signature: string;
            };
            header?: never;
            path: {
                /**
                 * @description The export's id.
                 * @example 0199a1b2-0000-7000-8000-000000000021
                 */
                id: components["parameters"]["ExportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    ETag?: string;
                    "Repr-Digest"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.file": string;
                    "text/csv": string;
                };
            };
            /** @description The part of it that was asked for. */
            206: {
                headers: {
                    ETag?: string;
                    "Repr-Digest"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.file": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            416: components["responses"]["NoSuchRange"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLeaderboard: {
        parameters: {
            query?: {
                /** @description Whose usage is compared. */
                by?: "account" | "user" | "model";
                /**
                 * @description Runs that started at this time or later.
                 * @example 2026-01-01T00:00:00Z
                 */
                from?: components["parameters"]["From"];
                /**
                 * @description Runs that started before this time.
                 * @example 2026-02-01T00:00:00Z
                 */
                to?: components["parameters"]["To"];
                /** @description How many at the most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The leaderboard. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by": "account",
                     *       "from": null,
                     *       "to": null,
                     *       "entries": [
                     *         {
                     *           "rank": 1,
                     *           "key": "team-a",
                     *           "gpu_seconds": 86401.25,
                     *           "runs": 12,
                     *           "provisional": false,
                     *           "cost": [
                     *             {
                     *               "amount": "48.0000000000",
                     *               "currency": "EUR"
                     *             }
                     *           ],
                     *           "wasted_gpu_seconds": 0,
                     *           "utilised_gpu_seconds": 43200.5,
                     *           "measured_gpu_seconds": 86401.25,
                     *           "as_of": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Leaderboard"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhooks, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "webhooks": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000011",
                     *           "url": "https://example.com/hooks/jobs",
                     *           "owner": "alice",
                     *           "events": [
                     *             "job.completed",
                     *             "job.failed"
                     *           ],
                     *           "scope": "own",
                     *           "account": null,
                     *           "created_at": "2026-01-31T12:00:00.000Z",
                     *           "failures": 0,
                     *           "failing_since": null,
                     *           "disabled_at": null,
                     *           "why_disabled": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    addWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hooks/jobs",
                 *       "events": [
                 *         "job.completed",
                 *         "job.failed"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description The webhook. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000011",
                     *       "url": "https://example.com/hooks/jobs",
                     *       "owner": "alice",
                     *       "events": [
                     *         "job.completed",
                     *         "job.failed"
                     *       ],
                     *       "scope": "own",
                     *       "account": null,
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "failures": 0,
                     *       "failing_since": null,
                     *       "disabled_at": null,
                     *       "why_disabled": null,
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0199a1b2-0000-7000-8000-000000000011
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000011",
                     *       "url": "https://example.com/hooks/jobs",
                     *       "owner": "alice",
                     *       "events": [
                     *         "job.completed",
                     *         "job.failed"
                     *       ],
                     *       "scope": "own",
                     *       "account": null,
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "failures": 0,
                     *       "failing_since": null,
                     *       "disabled_at": null,
                     *       "why_disabled": null
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replaceWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0199a1b2-0000-7000-8000-000000000011
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hooks/jobs",
                 *       "events": [
                 *         "job.completed",
                 *         "job.failed"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description The webhook as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1b2-0000-7000-8000-000000000011",
                     *       "url": "https://example.com/hooks/jobs",
                     *       "owner": "alice",
                     *       "events": [
                     *         "job.completed",
                     *         "job.failed"
                     *       ],
                     *       "scope": "own",
                     *       "account": null,
                     *       "created_at": "2026-01-31T12:00:00.000Z",
                     *       "failures": 0,
                     *       "failing_since": null,
                     *       "disabled_at": null,
                     *       "why_disabled": null
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0199a1b2-0000-7000-8000-000000000011
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 0199a1b2-0000-7000-8000-000000000011
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    Link: components["headers"]["NextPage"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveries": [
                     *         {
                     *           "id": "0199a1b2-0000-7000-8000-000000000012",
                     *           "event": "job.completed",
                     *           "created_at": "2026-01-31T12:00:04.300Z",
                     *           "attempts": 1,
                     *           "last_at": "2026-01-31T12:00:04.310Z",
                     *           "next_at": "2026-01-31T12:00:09.310Z",
                     *           "delivered_at": null,
                     *           "last_status": 500,
                     *           "last_error": "It answered 500."
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveJobEvent: {
        parameters: {
            query?: never;
            header: {
                /** @description The same each time that this message is sent. */
                "webhook-id": components["schemas"]["Uuid"];
                /** @description When it was sent, in seconds since 1970. */
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "job.completed",
                 *       "timestamp": "2026-01-31T12:00:04.250Z",
                 *       "data": {
                 *         "job": {
                 *           "id": "0199a1b2-0000-7000-8000-000000000001",
                 *           "name": "train",
                 *           "state": "completed",
                 *           "version": 4,
                 *           "priority": 5,
                 *           "account": "team-a",
                 *           "submitted_by": "alice",
                 *           "created_at": "2026-01-31T12:00:00.000Z",
                 *           "started_at": "2026-01-31T12:00:01.000Z",
                 *           "finished_at": "2026-01-31T12:00:04.250Z",
                 *           "reason": null,
                 *           "cancel_requested": false,
                 *           "array_id": null
                 *         },
                 *         "run": null
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Nobody is here any longer. The webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. What the body holds is not looked at. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    receiveBudgetCrossed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetEvent"];
            };
        };
        responses: {
            /** @description Nobody is here any longer. The webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. What the body holds is not looked at. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
