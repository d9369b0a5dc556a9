// Generated from server/openapi.json by `npm run api`; not written by hand.
export interface paths {
    "/api/v1/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas as they are today, by id. */
        get: {
            parameters: {
                query?: {
                    /** @description `district`, `street`, `community` or `grid`. */
                    level?: string;
                    /** @description Only those right under this area. */
                    parent?: number;
                    /** @description How many, up to 1,000. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AreaPage"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One area as it is today, with its ground. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AreaWhole"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends somebody to a case: a task is made, and the responder is busy with it. Of two who send the same person, or somebody to the same
         *     case, at once, one is answered with 201 and the other with 409 and what the first one did.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each assignment, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAssignment"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TaskView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description `winner` says who was sent by somebody else */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `open` or `closed`; both if left out. */
                    state?: string;
                    /** @description Only those of a category. */
                    category?: string;
                    /** @description Only those of an area and what lies in it. */
                    area?: number;
                    /** @description How many, up to 200. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CasePage"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a case a step further, signed by name. Of two who take a step at once one wins, and the other is answered with 409. What is closed or
         *     dismissed takes its hazard from the map.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each step, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCaseStep"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The categories of matters, by code. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Categories"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/city": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The city that is mapped. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["City"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/closures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is closed now, the oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClosureList"];
                    };
                };
            };
        };
        put?: never;
        /** Closes a gate or a street, at once and for everybody, until it is opened again or its time is over. */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each closure, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewClosure"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClosureView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/closures/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens again what was closed. To open what is open already changes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the patrols that began on some days have covered, by area: shares as intervals with what they are shares of, effort, visits. It rates places,
         *     never people.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The area; the whole city if left out. */
                    area?: number;
                    /** @description `district`, `street`, `community` or `grid`: the areas that are told, those of this level within `area`. If left out, the level below it. */
                    level?: string;
                    /** @description The first day in China, `2026-11-23`; today if left out. */
                    from?: string;
                    /** @description The last day; `from` if left out. At most 92 days. */
                    to?: string;
                    /** @description As it was at this moment, `2026-11-23T15:07:00+08:00`: only the patrols that had ended by then count, each whole, and visits are told to the hour. */
                    until?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CoverageTable"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/pieces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The streets of an area with how surely each piece was covered on some days; an area of 40 grids at most. */
        get: {
            parameters: {
                query?: {
                    /** @description The area; the whole city if left out. */
                    area?: number;
                    /** @description `district`, `street`, `community` or `grid`: the areas that are told, those of this level within `area`. If left out, the level below it. */
                    level?: string;
                    /** @description The first day in China, `2026-11-23`; today if left out. */
                    from?: string;
                    /** @description The last day; `from` if left out. At most 92 days. */
                    to?: string;
                    /** @description As it was at this moment, `2026-11-23T15:07:00+08:00`: only the patrols that had ended by then count, each whole, and visits are told to the hour. */
                    until?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CoveredStreets"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was still to be done at a moment of the past, and how many people were where. It is what was so, as far as it is known now: what was told late
         *     is in it.
         */
        get: {
            parameters: {
                query: {
                    /** @description The moment, `2026-11-23T15:07:00+08:00`. */
                    at: string;
                    /** @description Of which areas people are counted: `district`, `street`, `community` or `grid`; `grid` if left out. */
                    level?: string;
                    /** @description How many cases are told of, the newest first: up to 200. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["History"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/pace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many cases came and went, in stretches of equal length: what a time line draws. */
        get: {
            parameters: {
                query: {
                    /** @description Its beginning, `2026-11-23T15:07:00+08:00`. */
                    from: string;
                    /** @description Its end; now if left out. A year at most. */
                    until?: string;
                    /** @description How long each bar is, seconds; a quarter of an hour if left out. At most 1,000 of them. */
                    bar_s?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pace"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens from now on, or after `Last-Event-ID`, as Server-Sent Events. It goes on until one side ends it. */
        get: {
            parameters: {
                query?: {
                    /** @description Only facts that lie in this area; all if left out. */
                    area?: number;
                    /** @description Only facts of these kinds, joined by commas: `hazard,case,task,closure,shift` and others; all if left out. */
                    kinds?: string;
                    /** @description At which levels people are counted by area: `grid`, `community`, `street`, `district`, joined by commas; at none if left out. */
                    counts?: string;
                    /**
                     * @description Where each one of the people is wanted: west, south, east, north in degrees, joined by commas; several boxes joined by semicolons; nowhere
                     *     if left out.
                     */
                    bounds?: string;
                };
                header?: {
                    /** @description the `id` of the last event that was read: what was missed comes first */
                    "Last-Event-ID"?: string | null;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a stream of events; each `data` is one of these, by the name of its `event` */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["LiveEvent"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{id}/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at something else without a new connection. What is newly in sight comes as a whole; facts of before are not told again: ask for them. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description `stream` of the `hello` */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LiveView"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a place is: its areas, compound, building and street. */
        get: {
            parameters: {
                query: {
                    /** @description Longitude, degrees. */
                    lon: number;
                    /** @description Latitude, degrees. */
                    lat: number;
                    /** @description The radius that holds the truth with 68 %, metres, up to 2,000; given, each grid in question is named with its probability. */
                    accuracy_m?: number;
                    /** @description The frame of `lon` and `lat`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
                    frame?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Located"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/near": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is near a place, the nearest first; ties by kind and number. */
        get: {
            parameters: {
                query: {
                    /** @description Longitude, degrees. */
                    lon: number;
                    /** @description Latitude, degrees. */
                    lat: number;
                    /** @description Kinds, joined by commas: `station`, `facility`, `hazard`, `building`, `compound`, `street`; all if left out. */
                    kinds?: string;
                    /** @description How many, 1 to 100. */
                    k?: number;
                    /** @description How far to look, metres, 1 to 20,000. */
                    radius_m?: number;
                    /** @description The frame of `lon` and `lat`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
                    frame?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NearView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nearest-responders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who can be at a place first, by road, of those who may be asked; and why the others may not. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NearestQuestion"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NearestAnswer"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the webhooks fare, and what lies in the tray. */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description So many notices of the tray at most, the oldest first: 1 to 1000.
                     * @example 100
                     */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticeList"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{number}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a notice in the tray again, at its old place in the order. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{number}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Throws a notice in the tray away. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plans after which patrols are walked, by number. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those of this area and of those in it. */
                    area?: number;
                    /** @description How many, up to 1,000. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanPage"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those on patrol now, or on a day. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those about this area or one in it. */
                    area?: number;
                    /** @description Those that began on a day in China, `2026-11-23`, and of which fixes came; those that go on now, if left out. */
                    day?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatrolList"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Begins a patrol. Who begins one off duty is on duty by it, until it ends: from now on, and not before, positions of this person are taken. */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each patrol, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPatrol"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatrolView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description this person is on patrol already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One patrol. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatrolView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols/{id}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a patrol has covered, by what is known of it now: late fixes change it. It tells pieces, not the order in which they were walked. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the number of the patrol */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatrolCoverage"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a patrol. Fixes that were taken before may still come. */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatrolView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols/{id}/fixes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes where somebody was on a patrol. Fixes may come in parts, late, and more than once; each number is kept once. The answer means that they are
         *     on the disk. What they come to is at `GET /patrols/{id}/coverage`; the fixes themselves are shown to nobody.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the number of the patrol */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewFixes"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FixesAcknowledged"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols/{id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A checkpoint was scanned on a patrol. What was scanned has been visited, however short. It may come late, and twice under the same key. */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each visit, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path: {
                    /** @description the number of the patrol */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewVisit"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VisitView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description it was not scanned on this patrol */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes where people are now. The answer means that it was seen, not that it is kept: positions live in memory, and as long as the shift.
         *     A batch may be sent again: what is known already changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPositions"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PositionsSeen"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a report. The answer is given once the report is safe on the disk; the same request under the same key is answered the same
         *     again and stored once.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each report, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReport"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceivedView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/responders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is on duty, and where. Nobody off duty has a place here. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those in this box: west, south, east, north in degrees, joined by commas. */
                    bounds?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Force"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The earliest way from one place to another at this hour. Where a place is far from every street the time is estimated and says so; where all
         *     ways are closed, or none exists, the answer is 409 `unreachable` with the reason.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RouteQuestion"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RouteView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas, compounds, stations, facilities and streets by name or code. */
        get: {
            parameters: {
                query: {
                    /** @description A name or code, or a part of it, up to 100 characters. */
                    q: string;
                    /** @description How many, 1 to 50. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SearchView"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shifts that run now, by the number of the responder. Who has none is off duty, and is not here. */
        get: {
            parameters: {
                query?: {
                    /** @description How many, up to 1,000. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ShiftPage"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/styles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A `MapLibre` style of the pages, with every address on this server. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description `day` or `night` */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a MapLibre style */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tasks with something still to be done, the newest first; those who have them can be followed until it is done. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those of a case. */
                    case?: number;
                    /** @description How many, up to 1,000. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TaskList"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TaskView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a task a step further. Done and cancelled free the responder. */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description 1 to 128 visible characters, new for each step, the same when it is repeated; kept for 7 days */
                    "Idempotency-Key": string;
                };
                path: {
                    /** @description its number */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewStep"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TaskView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiles/{set}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a set of tiles holds and how its tiles are fetched. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description `base` or `live` */
                    set: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a TileJSON 3.0 document */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiles/{set}/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One vector tile. Empty ones are 204. */
        get: {
            parameters: {
                query?: {
                    /** @description Anything that makes the URL new, for clients that would not ask again otherwise. It is not looked at. */
                    v?: string;
                };
                header?: never;
                path: {
                    /** @description `base` or `live` */
                    set: string;
                    /** @description 0 to 18 */
                    z: number;
                    /** @description column from the west */
                    x: number;
                    /** @description row from the north */
                    y: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a Mapbox Vector Tile 2.1 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.mapbox-vector-tile": unknown;
                    };
                };
                /** @description nothing to be seen */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description the same as before */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description How many are in an area. */
        AreaCount: {
            /** Format: int64 */
            area: number;
            /** Format: int32 */
            count: number;
            level: string;
            name: string;
            place: components["schemas"]["PlaceView"];
        };
        /** @description How many people were in an area. */
        AreaHeads: {
            /** Format: int64 */
            area: number;
            /** Format: int32 */
            count: number;
            /** Format: double */
            lat: number;
            /**
             * Format: double
             * @description The place by which the area is shown, degrees.
             */
            lon: number;
        };
        /** @description An area by what people call it. */
        AreaName: {
            /** @description Its code. */
            code: string;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /** @description `district`, `street`, `community` or `grid`. */
            level: string;
            /** @description Its name. */
            name: string;
        };
        /** @description A page of areas, by id. */
        AreaPage: {
            areas: components["schemas"]["AreaView"][];
            /** @description Give it as `cursor` for the next page; null at the end. */
            next?: string | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description What was covered in an area. */
        AreaRow: {
            area: components["schemas"]["AreaName"];
            /** @description Entrances of buildings. */
            entrances: components["schemas"]["ShareView"];
            /**
             * Format: int64
             * @description The time since then, seconds; null without a visit in the window 未巡时长.
             */
            idle_s?: number | null;
            /** @description The end of the last visit in the window; null without one. */
            last_visit?: string | null;
            /**
             * Format: int64
             * @description The longest time between two visits in the window, seconds; null with fewer than two, and where `until` is given.
             */
            longest_gap_s?: number | null;
            /** Format: int32 */
            patrols: number;
            /** @description Pieces of streets. */
            pieces: components["schemas"]["ShareView"];
            place?: components["schemas"]["PlaceView"] | null;
            /** Format: int32 */
            visits: number;
            /** Format: double */
            walked_m: number;
            /** Format: double */
            walked_min: number;
            /** @description The name of the area above it. */
            within?: string | null;
        };
        /** @description An area as it is today. */
        AreaView: components["schemas"]["AreaName"] & {
            /** @description The box around it: west, south, east, north. */
            bounds: number[];
            /** @description A point surely inside, where a label fits. */
            centre: components["schemas"]["PlaceView"];
            /**
             * Format: int32
             * @description Households in it, where known.
             */
            households?: number | null;
            /**
             * Format: int64
             * @description The area above it.
             */
            parent?: number | null;
            /** @description How its code is read: `statistics`, `unit_grid`, `component` or `local`. */
            scheme: string;
        };
        /** @description An area with its ground. */
        AreaWhole: components["schemas"]["AreaView"] & {
            /** @description How many areas lie right under it. */
            children: number;
            /** @description Its ground: a GeoJSON `MultiPolygon`. */
            geometry: Record<string, never>;
            /** @description The version of the map. */
            version: string;
        };
        /** @description Who would do. What is left out is not asked. */
        AskedNeeds: {
            /**
             * Format: int64
             * @description Working in this area or below it.
             */
            area?: number | null;
            /** @description Going `foot`, `e_bike` or `car`. */
            mode?: string | null;
            /** @description One of these roles: `grid_worker`, `watcher`, `mediator`, `expert`, `officer`. */
            roles?: string[];
            /** @description All of these skills. */
            skills?: string[];
        };
        /** @description A point in the frame that is named beside it. */
        AskedPlace: {
            /**
             * Format: double
             * @description Latitude, degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude, degrees.
             */
            lon: number;
        };
        /** @description How many cases came and went in a stretch of time. */
        BarView: {
            /**
             * Format: int32
             * @description Closed or dismissed.
             */
            closed: number;
            /** @description It lasts until the next one begins. */
            from: string;
            /** Format: int32 */
            received: number;
        };
        /** @description `event: beat`, at a steady pace. */
        Beat: {
            /**
             * Format: int64
             * @description The server's clock, milliseconds since 1970-01-01T00:00:00Z.
             */
            at_ms: number;
            /** @description How many people are on duty. */
            on_duty: number;
        };
        /** @description What is known of a building. */
        BuildingView: {
            address?: string | null;
            /** Format: int32 */
            households?: number | null;
            /** Format: int64 */
            id: number;
            name?: string | null;
            /** Format: int32 */
            storeys?: number | null;
        };
        /** @description Somebody who may be asked. */
        CandidateView: {
            doubt?: components["schemas"]["DoubtView"] | null;
            duty: components["schemas"]["DutyView"];
            /** @description Whether this person's own time was reckoned from a straight distance 估算: whoever stands far from every street. */
            estimated: boolean;
            home_area?: components["schemas"]["AreaName"] | null;
            /** @description `foot`, `e_bike` or `car`. */
            mode: string;
            /**
             * @description The way as longitude and latitude, from where this person is; null where `ways` is false, where it was estimated, and for a volunteer
             *     who is on no task: others see those by their grid alone.
             */
            path?: number[][] | null;
            /**
             * Format: double
             * @description The length of the way, metres.
             */
            path_m: number;
            /** @description Where this person counts as being, and why. */
            position: components["schemas"]["PositionView"];
            /** Format: int64 */
            responder: number;
            /** @description `grid_worker`, `watcher`, `mediator`, `expert` or `officer`. */
            role: string;
            /**
             * Format: int64
             * @description The revision of the shift: give it back when this person is sent.
             */
            shift_revision: number;
            /** @description What this person can do beyond the role. */
            skills: string[];
            /**
             * Format: double
             * @description From now until this person is there, seconds: turn-out and way.
             */
            travel_time_s: number;
            /**
             * Format: double
             * @description Of it, until this person sets out.
             */
            turnout_s: number;
        };
        /** @description A case, without the words of its reports. */
        CaseNow: {
            category?: string | null;
            channel: string;
            closed_at?: string | null;
            /** Format: int64 */
            hazard?: number | null;
            /** Format: int64 */
            lead?: number | null;
            place: components["schemas"]["PlaceView"];
            received_at: string;
            /** @description `received`, `acknowledged`, `assigned`, `handled`, `closed` or `dismissed`. */
            state: string;
            type: string;
        };
        /** @description A page of cases, the newest first. */
        CasePage: {
            cases: components["schemas"]["CaseView"][];
            /** @description Give it as `cursor` for the next page; null at the end. */
            next?: string | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description A step of a case. */
        CaseStepView: {
            at: string;
            /** @description Who took it, as this person signed; null where a task brought it about. */
            by?: string | null;
            note?: string | null;
            /** @description `acknowledged`, `assigned`, `handled`, `closed` or `dismissed`. */
            state: string;
        };
        /** @description A case as it was. */
        CaseThen: {
            /** @description The areas in which it lay when it was opened, the widest first, by today's names. */
            areas: components["schemas"]["AreaName"][];
            category?: string | null;
            /** @description When it came to an end, if it has by now. */
            closed_at?: string | null;
            /** Format: int64 */
            hazard?: number | null;
            /** Format: int64 */
            id: number;
            place: components["schemas"]["PlaceView"];
            received_at: string;
            /** @description `received`, `acknowledged`, `assigned` or `handled`; null where the steps of that time were not noted. */
            state?: string | null;
            /** @description The words of its first report. */
            text?: string | null;
            /** @description `police_matter`, `work_order`, `petition`, `dispute`, `hazard` or `help`. */
            type: string;
        };
        /** @description A case. */
        CaseView: {
            /** @description The areas in which it lay when it was opened, the widest first, by today's names. */
            areas: components["schemas"]["AreaName"][];
            category?: string | null;
            /** @description By which way its first report came. */
            channel: string;
            /** Format: int64 */
            hazard?: number | null;
            /** Format: int64 */
            id: number;
            place: components["schemas"]["PlaceView"];
            /** @description With the offset of China. */
            received_at: string;
            /**
             * Format: int64
             * @description Its first report.
             */
            report?: number | null;
            /**
             * Format: int64
             * @description How often it was written.
             */
            revision: number;
            /** @description `received`, `acknowledged`, `assigned`, `handled`, `closed` or `dismissed`. */
            state: string;
            /** @description How it came to where it is, the first step first. */
            steps: components["schemas"]["CaseStepView"][];
            /** @description The words of its first report. */
            text?: string | null;
            /** @description `police_matter`, `work_order`, `petition`, `dispute`, `hazard` or `help`. */
            type: string;
        };
        /** @description The categories of matters. */
        Categories: {
            categories: components["schemas"]["CategoryView"][];
        };
        /** @description A category of matters. */
        CategoryView: {
            /** @description Two digits. */
            code: string;
            /** @description Its English name. */
            en: string;
            /** @description Whether a report of it makes a hazard. */
            hazard: boolean;
            /** @description Its Chinese name. */
            zh: string;
        };
        /** @description `event: change`: a thing is now so. */
        Change: components["schemas"]["Thing"] & {
            area?: components["schemas"]["AreaName"] | null;
            /** @description The areas in which it lies, the widest first; none for places. */
            areas: number[];
            /** @description When it was committed. */
            at: string;
            /** Format: int64 */
            id: number;
            kind: string;
            /**
             * Format: int64
             * @description How often it was written: what is known at a higher revision is newer.
             */
            revision: number;
            /** @description The name of the area above that one. */
            within?: string | null;
        };
        /** @description A checkpoint of a plan. */
        CheckpointView: {
            place: components["schemas"]["PlaceView"];
            /** @description Whether it was scanned, or passed for certain. */
            reached: boolean;
        };
        /** @description The city. */
        City: {
            /** @description Whom to thank for the data. */
            attribution: string;
            /** @description The box around it; null for an empty store. */
            bounds?: number[] | null;
            centre?: components["schemas"]["PlaceView"] | null;
            /** @description How many there are of each kind. */
            counts: components["schemas"]["Counts"];
            /** @description The name of its widest area; null for an empty store. */
            name?: string | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description What is closed now. */
        ClosureList: {
            closures: components["schemas"]["ClosureView"][];
            version: string;
        };
        /** @description A closure. */
        ClosureNow: {
            from: string;
            place?: components["schemas"]["PlaceView"] | null;
            /** Format: int64 */
            street: number;
            until?: string | null;
        };
        /** @description Something that is closed. */
        ClosureView: {
            from: string;
            /** Format: int64 */
            id: number;
            /** @description The line of a street that is closed. */
            line?: number[][] | null;
            /** @description The name of the street, where it has one. */
            name?: string | null;
            /** @description Where to show it: the gate, or the middle of the street. */
            place: components["schemas"]["PlaceView"];
            /** Format: int64 */
            revision: number;
            /** Format: int64 */
            street: number;
            until?: string | null;
            /** @description `gate` or `street`. */
            what: string;
        };
        /** @description A compound by name. */
        CompoundView: {
            /** Format: int64 */
            id: number;
            name: string;
        };
        /** @description How many there are. */
        Counts: {
            buildings: number;
            /** @description Cases that are still open. */
            cases: number;
            communities: number;
            compounds: number;
            districts: number;
            facilities: number;
            grids: number;
            /** @description Hazards that are still there. */
            hazards: number;
            /** @description Streets and footpaths one can walk. */
            roads: number;
            stations: number;
            /** @description Sub-districts 街道. */
            streets: number;
        };
        /** @description What was covered, by area. */
        CoverageTable: {
            /** @description By number. */
            areas: components["schemas"]["AreaRow"][];
            /** @description When it was so. */
            at: string;
            from: string;
            /** @description `district`, `street`, `community` or `grid`. */
            level: string;
            to: string;
        };
        /** @description An entrance that was passed. */
        CoveredEntrance: {
            /** Format: int64 */
            building: number;
            place: components["schemas"]["PlaceView"];
            /** @description `certain` or `possible`. */
            proof: string;
        };
        /** @description The streets of an area with how surely they were covered. */
        CoveredStreets: {
            from: string;
            /** @description By street. */
            stretches: components["schemas"]["CoveredStretch"][];
            to: string;
        };
        /** @description Pieces of a street that follow each other and were covered alike. */
        CoveredStretch: {
            /**
             * Format: int32
             * @description The first piece, counted from the beginning of the street, from 0 on.
             */
            first: number;
            /**
             * Format: int32
             * @description The last piece.
             */
            last: number;
            /** @description Longitude and latitude of its corners. */
            line: number[][];
            name?: string | null;
            /** @description `certain`, `possible`, or `unproved`: not proved to have been walked, which does not mean that nobody was there. */
            proof: string;
            /** Format: int64 */
            street: number;
        };
        /** @description What is known of a thing, by its kind; what its kind does not have is left out. */
        Detail: {
            /** @description Of a building: street and number. */
            address?: string | null;
            /**
             * Format: int64
             * @description Of a hazard: the number of its case.
             */
            case?: number | null;
            /** @description Of a hazard: the code of its category. */
            category?: string | null;
            /** @description Of a station or facility: when it is open; empty where not known. */
            hours?: components["schemas"]["HoursView"][] | null;
            /** @description Of a facility or street: what it is. */
            kind?: string | null;
            /** @description Of a hazard: when it was first told of. */
            seen_at?: string | null;
            /** @description Of a hazard: `open` or `cleared`. */
            state?: string | null;
            /**
             * Format: int32
             * @description Of a building: storeys above ground.
             */
            storeys?: number | null;
        };
        /** @description What the straight distance says where the way is doubted: more than five times as long as straight, and more than a kilometre longer. */
        DoubtView: {
            /**
             * Format: double
             * @description By how much ways around there are longer than straight.
             */
            factor: number;
            /**
             * Format: double
             * @description The straight distance times `factor`, metres.
             */
            path_m: number;
            /**
             * Format: double
             * @description The time by the straight distance, seconds, with the turn-out.
             */
            travel_time_s: number;
        };
        /** @description In which way somebody is on duty. */
        DutyView: {
            /** @description `resident` (at the post all day), `rotating` (in turn) or `on_call` (comes when called). */
            kind: string;
            /**
             * Format: int32
             * @description The promised minutes until this person sets out; 0 where not on call.
             */
            turnout_min: number;
        };
        /** @description How times were reckoned where the roads say nothing. */
        EstimateView: {
            /**
             * Format: double
             * @description What straight distances were multiplied with.
             */
            factor: number;
            /** @description `no_street`: no street within reach of the place. */
            reason: string;
        };
        /** @description Why a time was reckoned from the straight distance. */
        EstimatedRoute: {
            /**
             * Format: double
             * @description What the straight distance was multiplied with.
             */
            factor: number;
            /** @description `no_street_from` or `no_street_to`: no street within reach of the one place or the other. */
            reason: string;
        };
        /** @description What became of a batch: it is kept, and survives a crash. */
        FixesAcknowledged: {
            /** @description So many were new; the others were known already, and changed nothing. */
            new: number;
            /** @description Those that were refused, of which nothing was kept but that they came. */
            refused: components["schemas"]["RefusedPatrolFix"][];
            /**
             * Format: int64
             * @description Up to this number nothing is missing: the device may forget so far. 0 where the first one is missing.
             */
            through: number;
        };
        /** @description Who is on duty. */
        Force: {
            /** @description How many are in each area, where they are too many. */
            areas: components["schemas"]["AreaCount"][];
            /** @description When it was so. */
            at: string;
            /** @description How many are in the box. */
            in_box: number;
            /** @description How many are on duty, in the box or not, with a known place or without. */
            on_duty: number;
            /** @description Those in the box, by number; empty where they are too many to be shown one by one, and `areas` tells how many. */
            people: components["schemas"]["PersonView"][];
        };
        /** @description `event: gone`: a thing is gone, or has left what this reader looks at. */
        Gone: {
            /** Format: int64 */
            id: number;
            kind: string;
            /** Format: int64 */
            revision: number;
        };
        /** @description How likely a grid holds the place. */
        GridChance: {
            area: components["schemas"]["AreaName"];
            /**
             * Format: double
             * @description 0 to 1; with `outside`, all add up to 1.
             */
            probability: number;
        };
        /** @description A visit of a grid. */
        GridVisit: {
            area?: components["schemas"]["AreaName"] | null;
            from: string;
            until: string;
        };
        /** @description A hazard. */
        HazardNow: {
            /** Format: int64 */
            case: number;
            category: string;
            place: components["schemas"]["PlaceView"];
            seen_at: string;
            /** @description `open` or `cleared`. */
            state: string;
        };
        /** @description A hazard as it was. */
        HazardThen: {
            /** Format: int64 */
            case: number;
            category: string;
            /** Format: int64 */
            id: number;
            place: components["schemas"]["PlaceView"];
        };
        /** @description `event: hello`, the first of a stream. */
        Hello: {
            /**
             * Format: int64
             * @description So often a `beat` comes, seconds: who hears none for three times as long has lost the server.
             */
            beat_s: number;
            /**
             * Format: int32
             * @description The side of a cell in the units in which `people` gives places.
             */
            cell_units: number;
            /** @description The kinds of duty by the numbers that `people` gives. */
            duties: string[];
            /** @description The roles of people by the numbers that `people` gives. */
            roles: string[];
            /** @description The number of the stream, for `POST /live/{id}/view`. */
            stream: string;
            /** @description From here on nothing is left out. */
            version: string;
        };
        /** @description What was at a moment. */
        History: {
            at: string;
            /** @description The newest of them first. */
            cases: components["schemas"]["CaseThen"][];
            /** @description All hazards that were open, by number. */
            hazards: components["schemas"]["HazardThen"][];
            /** @description How many cases were open. */
            open_cases: number;
            people?: components["schemas"]["PeopleThen"] | null;
        };
        /** @description Part of a day of the week, in local minutes since midnight; `until_min` passes 1440 where it runs on into the next day. */
        HoursView: {
            /** @description `monday` … `sunday`. */
            day: string;
            /**
             * Format: int32
             * @description The first minute.
             */
            from_min: number;
            /**
             * Format: int32
             * @description The first minute after it.
             */
            until_min: number;
        };
        /** @description A part of a way. */
        LegView: {
            /** @description What the street is, in the words of OpenStreetMap's `highway`. */
            kind: string;
            /**
             * Format: double
             * @description How long, metres.
             */
            length_m: number;
            /** @description The name of the street, where it has one. */
            name?: string | null;
            /** @description The barriers that one passes: `gate`, `lift_gate`, `bollard`, `block`, `stile`, `kerb`, `other`. */
            passes: string[];
            /** @description `start`, `straight`, `slight_left`, `slight_right`, `left`, `right`, `sharp_left`, `sharp_right` or `around`. */
            turn: string;
        };
        /** @description What an event of the stream may be; see `docs/live.md`. */
        LiveEvent: {
            hello: components["schemas"]["Hello"];
        } | {
            beat: components["schemas"]["Beat"];
        } | {
            reload: components["schemas"]["Reload"];
        } | {
            change: components["schemas"]["Change"];
        } | {
            gone: components["schemas"]["Gone"];
        } | {
            people: components["schemas"]["PeopleMoved"];
        } | {
            counts: components["schemas"]["PeopleCounted"];
        } | {
            covered: components["schemas"]["MoreCovered"];
        };
        /** @description What a reader looks at. */
        LiveView: {
            /**
             * Format: int64
             * @description Only facts that lie in this area; all if left out.
             */
            area?: number | null;
            /**
             * @description Where each one of the people is wanted: west, south, east, north in degrees, joined by commas; several boxes joined by semicolons; nowhere
             *     if left out.
             */
            bounds?: string | null;
            /** @description At which levels people are counted by area: `grid`, `community`, `street`, `district`, joined by commas; at none if left out. */
            counts?: string | null;
            /** @description Only facts of these kinds, joined by commas: `hazard,case,task,closure,shift` and others; all if left out. */
            kinds?: string | null;
        };
        /** @description Where a place is. */
        Located: {
            /** @description The areas that hold it, the widest first. */
            areas: components["schemas"]["AreaName"][];
            building?: components["schemas"]["BuildingView"] | null;
            compound?: components["schemas"]["CompoundView"] | null;
            /** @description With `accuracy_m`: the grids in question, the likeliest first. */
            grids?: components["schemas"]["GridChance"][] | null;
            /**
             * Format: double
             * @description With `accuracy_m`: the probability that it lies in no grid.
             */
            outside?: number | null;
            place: components["schemas"]["PlaceView"];
            street?: components["schemas"]["StreetView"] | null;
            /** @description The version of the map. */
            version: string;
        };
        /** @description `event: covered`: these patrols have covered something more; ask what, if it is shown. */
        MoreCovered: {
            /** @description Whether there may be others too, since a moment was missed: whatever is shown of coverage is to be asked anew. */
            others: boolean;
            /** @description Which patrols. */
            patrols: number[];
        };
        /** @description Something with the name. */
        NamedView: {
            /** @description Of an area: its code. */
            code?: string | null;
            /** Format: int64 */
            id: number;
            /** @description `area`, `compound`, `station`, `facility` or `street`. */
            kind: string;
            /** @description Of an area: `district`, `street`, `community` or `grid`. */
            level?: string | null;
            name: string;
            /** @description Where to look for it on the map. */
            place: components["schemas"]["PlaceView"];
            /** @description The areas in which it lies, without itself, the widest first. */
            within: components["schemas"]["AreaName"][];
        };
        /** @description One thing that is near. */
        NearThing: {
            /** @description What else is known of it. */
            detail: components["schemas"]["Detail"];
            /**
             * Format: double
             * @description Straight distance to its outline, metres; 0 inside.
             */
            distance_m: number;
            /** Format: int64 */
            id: number;
            /** @description `station`, `facility`, `hazard`, `building`, `compound` or `street`. */
            kind: string;
            /** @description Its name, where it has one. */
            name?: string | null;
            /** @description The point of it that is nearest. */
            place: components["schemas"]["PlaceView"];
        };
        /** @description What is near, the nearest first. */
        NearView: {
            place: components["schemas"]["PlaceView"];
            results: components["schemas"]["NearThing"][];
            /** @description The version of the map. */
            version: string;
        };
        /** @description Who can be there first. */
        NearestAnswer: {
            /** @description When it was asked: ages count from here. */
            asked_at: string;
            /** @description The earliest to arrive first; ties by number. */
            candidates: components["schemas"]["CandidateView"][];
            /**
             * Format: int64
             * @description The case that is meant, where one is.
             */
            case?: number | null;
            /**
             * Format: int64
             * @description The revision of the case that is meant, where one is: give it back when somebody is sent.
             */
            case_revision?: number | null;
            /**
             * Format: int32
             * @description How many may be asked, in all.
             */
            eligible: number;
            estimated?: components["schemas"]["EstimateView"] | null;
            /** @description The version of the roads. */
            graph_version: string;
            /** @description Where somebody is needed. */
            place: components["schemas"]["PlaceView"];
            /** @description Those that may not be asked and would have been there before the last candidate, at most 20, the earliest first. */
            refused: components["schemas"]["RefusedView"][];
            /** @description How many of all people may not be asked, by reason; those of `refused` are not counted again. */
            refused_counts: components["schemas"]["ReasonCount"][];
            /** @description Who answers for the place and the matter, whoever comes. */
            responsible: components["schemas"]["Responsible"];
            /** @description The version of the map. */
            version: string;
        };
        /** @description Where somebody is needed, and who would do: one of `place`, `case` and `hazard`. */
        NearestQuestion: {
            /**
             * Format: int64
             * @description The number of a case: its place is meant.
             */
            case?: number | null;
            /** @description The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
            /**
             * Format: int64
             * @description The number of a hazard: its place is meant.
             */
            hazard?: number | null;
            /**
             * Format: int32
             * @description How many candidates, 1 to 50; 10 if left out.
             */
            k?: number | null;
            /** @description Who would do; everybody if left out. */
            needs?: components["schemas"]["AskedNeeds"];
            place?: components["schemas"]["AskedPlace"] | null;
            /** @description Whether the ways of the candidates are answered, too; they are if left out. */
            ways?: boolean | null;
        };
        /** @description Whom to send, and to what. */
        NewAssignment: {
            /**
             * Format: int64
             * @description To which case; for a hazard give its case.
             */
            case: number;
            /**
             * Format: int64
             * @description `case_revision` of the answer that was looked at: if the case has changed since, nothing is done.
             */
            case_revision?: number | null;
            /**
             * Format: int64
             * @description Whom.
             */
            responder: number;
            /**
             * Format: int64
             * @description `shift_revision` of the candidate that was looked at: if somebody else sent this person since, nothing is done.
             */
            shift_revision?: number | null;
        };
        /** @description What is done with a case. */
        NewCaseStep: {
            /**
             * @description Who takes the step, as this person signs, 1 to 40 characters.
             * @example 王芳
             */
            by: string;
            /** @description What is said of it, up to 500 characters; needed for `dismissed`. */
            note?: string | null;
            /**
             * Format: int64
             * @description `revision` of the case that was looked at: if it has changed since, nothing is done.
             */
            revision?: number | null;
            /**
             * @description `acknowledged` 受理, `handled` 处置, `closed` 办结 or `dismissed` 不予受理.
             * @example acknowledged
             */
            step: string;
        };
        /** @description What is to be closed. */
        NewClosure: {
            /** @description The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
            /**
             * Format: int32
             * @description For how long, minutes from now, up to a year; until somebody opens it again, if left out.
             */
            minutes?: number | null;
            /** @description A point on the map, at most 30 m from what is meant. */
            place: components["schemas"]["AskedPlace"];
            /**
             * @description `gate`: the gate or other barrier at the place; `street`: the street at the place, from crossing to crossing as it was mapped.
             * @example gate
             */
            what: string;
        };
        /** @description One reading of where somebody is. */
        NewFix: {
            /**
             * Format: float
             * @description The radius that holds the truth with 68 %, metres; left out where the device does not know.
             */
            accuracy_m?: number | null;
            /**
             * Format: int64
             * @description When it was taken, milliseconds since 1970-01-01T00:00:00Z.
             */
            at_ms: number;
            /**
             * Format: double
             * @description Latitude, degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude, degrees.
             */
            lon: number;
            /**
             * Format: int64
             * @description Who carries the device.
             */
            responder: number;
            /**
             * Format: int64
             * @description The number of the fix on its device: a later one has a higher number.
             */
            sequence: number;
        };
        /** @description Fixes of one device on one patrol. */
        NewFixes: {
            /**
             * @description Which device sends them, 1 to 64 visible ASCII characters.
             * @example phone-17
             */
            device: string;
            /** @description 1 to 10,000 fixes, in any order; late ones and repeated ones are welcome. */
            fixes: components["schemas"]["NewPatrolFix"][];
            /** @description The frame of all of them: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
        };
        /** @description What somebody begins. */
        NewPatrol: {
            /**
             * Format: int64
             * @description In which area, of a free patrol; where the responder works, if left out.
             */
            area?: number | null;
            /**
             * Format: int64
             * @description After which plan; a free patrol if left out.
             */
            plan?: number | null;
            /**
             * Format: int64
             * @description Who.
             */
            responder: number;
        };
        /** @description One reading of where somebody was. */
        NewPatrolFix: {
            /**
             * Format: double
             * @description The radius that holds the truth with 68 %, metres; left out where the device does not know.
             */
            accuracy_m?: number | null;
            /**
             * Format: int64
             * @description When it was taken, milliseconds since 1970-01-01T00:00:00Z.
             */
            at_ms: number;
            /**
             * Format: double
             * @description Latitude, degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude, degrees.
             */
            lon: number;
            /**
             * Format: int64
             * @description The number of the fix on this patrol and device: 1 for the first, and so on without a gap.
             */
            sequence: number;
            /**
             * Format: float
             * @description How fast the device says that it moves, metres a second; left out where it does not say.
             */
            speed_m_s?: number | null;
        };
        /** @description A point in the frame that is named beside it. */
        NewPlace: {
            /**
             * Format: double
             * @description Latitude, degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude, degrees.
             */
            lon: number;
        };
        /** @description Fixes of one device. */
        NewPositions: {
            /**
             * @description Which device sends them, 1 to 64 visible ASCII characters.
             * @example phone-17
             */
            device: string;
            /** @description 1 to 500 fixes, in any order. */
            fixes: components["schemas"]["NewFix"][];
            /** @description The frame of all of them: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
        };
        /** @description A report as it is told. */
        NewReport: {
            /**
             * @description What it is about: the code of a category, where known.
             * @example 14
             */
            category?: string | null;
            /**
             * @description By which way it came: `patrol`, `hotline`, `window`, `app`, `platform` or `desk`.
             * @example patrol
             */
            channel: string;
            /** @description The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
            /** @description Where. */
            place: components["schemas"]["NewPlace"];
            /**
             * @description The words, 1 to 2,000 characters. Write no names or telephone numbers into them.
             * @example 三单元门口有飞线充电
             */
            text: string;
        };
        /** @description What is said of a task. */
        NewStep: {
            /**
             * @description `accepted` (who was sent goes), `on_scene`, `done` (the case is handled), or `cancelled` (it is not needed any more).
             * @example on_scene
             */
            step: string;
        };
        /** @description What was scanned. */
        NewVisit: {
            /**
             * Format: int64
             * @description When it was scanned, milliseconds since 1970-01-01T00:00:00Z.
             */
            at_ms: number;
            /** @description The frame of `place`: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
            /** @description Where the sign stands. */
            place: components["schemas"]["AskedPlace"];
        };
        /** @description What others are told by a webhook: how a thing is now, or that it is gone. */
        NoticeBody: {
            data: components["schemas"]["NoticeData"];
            /** @description When it was committed. */
            timestamp: string;
            /** @description The kind, and what became of it: `case.changed`, `hazard.changed`, `closure.changed`, `closure.removed`. */
            type: string;
        };
        /** @description The thing. */
        NoticeData: components["schemas"]["Thing"] & {
            /** @description The areas in which it lies, the widest first; none for what is gone. */
            areas: number[];
            /** Format: int64 */
            id: number;
            kind: string;
            /**
             * Format: int64
             * @description How often it was written: what is known at a higher revision is newer.
             */
            revision: number;
        };
        /** @description The webhooks and the tray. */
        NoticeList: {
            /** @description What was given up, the oldest first. */
            tray: components["schemas"]["TrayView"][];
            webhooks: components["schemas"]["WebhookView"][];
        };
        /** @description An organisation by name. */
        OrganisationName: {
            /** Format: int64 */
            id: number;
            name: string;
        };
        /** @description How many cases came and went. */
        Pace: {
            bars: components["schemas"]["BarView"][];
            from: string;
            until: string;
        };
        /** @description What a patrol has covered. */
        PatrolCoverage: {
            /** @description Entrances of buildings that were passed. */
            entrances: components["schemas"]["CoveredEntrance"][];
            /** @description How many fixes are of which worth: `counted`, `shown` (too coarse to count), `too_coarse`, `no_accuracy`, `repeated`, `leap`. */
            fixes: {
                [key: string]: number;
            };
            /** Format: int64 */
            patrol: number;
            plan?: components["schemas"]["PlanCoverage"] | null;
            /** @description Streets with what was covered of them, and of a plan's streets also what was not. */
            stretches: components["schemas"]["CoveredStretch"][];
            /** @description In which grids this person was long enough. */
            visits: components["schemas"]["GridVisit"][];
            /**
             * Format: double
             * @description Metres walked, standing still left out.
             */
            walked_m: number;
            /**
             * Format: double
             * @description Seconds for which it is known where this person was.
             */
            walked_s: number;
        };
        /** @description Patrols. */
        PatrolList: {
            /** @description By number. */
            patrols: components["schemas"]["PatrolView"][];
            version: string;
        };
        /** @description A patrol. */
        PatrolNow: {
            from: string;
            /** Format: int64 */
            plan?: number | null;
            /** Format: int64 */
            responder: number;
            until?: string | null;
        };
        /** @description A patrol. */
        PatrolView: {
            area?: components["schemas"]["AreaName"] | null;
            from: string;
            /** Format: int64 */
            id: number;
            /** @description `foot`, `e_bike` or `car`. */
            mode: string;
            /** Format: int64 */
            plan?: number | null;
            /** @description The name of the plan. */
            plan_name?: string | null;
            /** Format: int64 */
            responder: number;
            /** Format: int64 */
            revision: number;
            /** @description `grid_worker`, `watcher`, `mediator`, `expert` or `officer`. */
            role?: string | null;
            /** @description Null as long as it goes on. */
            until?: string | null;
        };
        /** @description `event: counts`: how many people are in the areas of a level. */
        PeopleCounted: {
            /**
             * Format: int64
             * @description The server's clock, milliseconds since 1970-01-01T00:00:00Z.
             */
            at_ms: number;
            /** @description `district`, `street`, `community` or `grid`. */
            level: string;
            /** @description `[area, count, lon, lat]`: the place by which the area is shown, degrees. */
            put: [
                number,
                number,
                number,
                number
            ][];
            /** @description Whether these are all: then areas that are not named have nobody. */
            whole: boolean;
        };
        /** @description `event: people`: who is in a cell of the map, or what changed there since the second before. */
        PeopleMoved: {
            /**
             * Format: int64
             * @description The server's clock, milliseconds since 1970-01-01T00:00:00Z.
             */
            at_ms: number;
            /** @description The cell, as a tile `z/x/y`. */
            cell: string;
            /** @description `[grid, x, y, role, duty, count]`: all those of the cell who are shown by grid; left out where nothing of it changed. */
            groups?: number[][] | null;
            /** @description Who is no longer in this cell. */
            out: number[];
            /**
             * @description `[responder, x, y, role, duty, flags, age]`: who is now there. `x` and `y` in units of the cell from its north-west corner; flags: 1 busy with
             *     a task, 2 at the post, 4 by a fix that is too old to be relied on; the age of the fix at `at_ms`, seconds, 0 at a post.
             */
            put: number[][];
            /** @description Whether these are all: then who is not named is not there. */
            whole: boolean;
        };
        /** @description How many people were in the areas of a level. */
        PeopleThen: {
            /** @description By number; an area without anybody is left out. Of fewer than three the area above is told, and so areas of several levels may be among them. */
            areas: components["schemas"]["AreaHeads"][];
            /**
             * Format: int32
             * @description All of them.
             */
            count: number;
            /** @description When they were counted. */
            counted_at: string;
            level: string;
        };
        /** @description Somebody on duty. */
        PersonView: {
            duty: components["schemas"]["DutyView"];
            /** @description Whether the position may be relied on: at a post, or by a fix of the last 30 minutes. */
            fresh: boolean;
            /** @description `foot`, `e_bike` or `car`. */
            mode: string;
            position: components["schemas"]["PositionView"];
            /** Format: int64 */
            responder: number;
            /** @description `grid_worker`, `watcher`, `mediator`, `expert` or `officer`. */
            role: string;
            /**
             * Format: int64
             * @description The task that this person is busy with.
             */
            task?: number | null;
        };
        /** @description A point in WGS-84. */
        PlaceView: {
            /**
             * Format: double
             * @description Latitude, degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude, degrees.
             */
            lon: number;
        };
        /** @description What of a plan was covered. */
        PlanCoverage: {
            checkpoints: components["schemas"]["CheckpointView"][];
            /** @description Whether it was done: at least 80 % of the pieces for certain, and every checkpoint. */
            done: boolean;
            name: string;
            pieces: components["schemas"]["ShareView"];
        };
        /** @description Patrol plans. */
        PlanPage: {
            /** @description Give it as `cursor` for the next page; null at the end. */
            next?: string | null;
            /** @description By number. */
            plans: components["schemas"]["PlanView"][];
        };
        /** @description What is to be walked, and when. */
        PlanView: {
            area?: components["schemas"]["AreaName"] | null;
            checkpoints: components["schemas"]["PlaceView"][];
            hours: components["schemas"]["HoursView"][];
            /** Format: int64 */
            id: number;
            name: string;
            streets: number[];
        };
        /** @description Where somebody counts as being, and why. */
        PositionView: {
            /**
             * Format: float
             * @description The radius that holds the truth with 68 %, metres; null where not known, or with `precision` `grid`.
             */
            accuracy_m?: number | null;
            /**
             * Format: double
             * @description The age of the fix when it was asked, seconds; null at a post.
             */
            age_s?: number | null;
            /** @description When the fix was taken; null at a post. */
            at?: string | null;
            place?: components["schemas"]["PlaceView"] | null;
            /** @description `point`, or `grid` for a volunteer who is on no task. */
            precision: string;
            /** @description `fix` (a telephone said so) or `duty_post` (on resident duty without a fresh fix). */
            source: string;
        };
        /** @description What became of a batch. */
        PositionsSeen: {
            /** @description So many were the newest of their person, and are where this person is now. */
            newest: number;
            /** @description So many were older than what is known, and change nothing: late ones and repeated ones. */
            older: number;
            /** @description Those that were refused, of which nothing was kept. */
            refused: components["schemas"]["RefusedFix"][];
        };
        /** @description An error as a problem document. */
        Problem: {
            /** @description What exactly, and what to do about it. */
            detail: string;
            /** @description The parameter or field that is meant. */
            field?: string | null;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The same in a few words. */
            title: string;
            /** @description Stable name of the problem: `/problems/<slug>`. */
            type: string;
            winner?: components["schemas"]["WinnerView"] | null;
        };
        /** @description How many may not be asked for one reason. */
        ReasonCount: {
            /** Format: int32 */
            count: number;
            reason: string;
        };
        /** @description What became of a report. */
        Received: {
            /**
             * Format: int64
             * @description The number of the case that it is part of.
             */
            case: number;
            /**
             * Format: int64
             * @description The number of the hazard on the map, where it is about one.
             */
            hazard?: number | null;
            /**
             * Format: int64
             * @description The number of the report.
             */
            report: number;
        };
        /** @description What became of a report, and where. */
        ReceivedView: components["schemas"]["Received"] & {
            /** @description The areas in which the place lies now, the widest first. */
            areas: components["schemas"]["AreaName"][];
            /** @description The version of the map that has it. */
            version: string;
        };
        /** @description A fix of which nothing was kept. */
        RefusedFix: {
            /**
             * @description `off_duty`: positions are taken on duty only. `unknown_responder`, `future`: more than five minutes ahead of the server's clock.
             *     `invalid_place`: no point of the Earth or of the frame; `invalid_accuracy`.
             */
            reason: string;
            /** Format: int64 */
            responder: number;
            /** Format: int64 */
            sequence: number;
        };
        /** @description A fix of which nothing was kept. */
        RefusedPatrolFix: {
            /**
             * @description `off_patrol`: before the patrol began, or after it ended. `future`: more than five minutes ahead of the server's clock. `invalid_place`:
             *     no point of the Earth or of the frame; `invalid_accuracy`; `invalid_speed`.
             */
            reason: string;
            /** Format: int64 */
            sequence: number;
        };
        /** @description Somebody who may not be asked, though near. */
        RefusedView: {
            position: components["schemas"]["PositionView"];
            /** @description `other_role`, `missing_skill`, `other_mode`, `other_area`, `off_duty`, `busy`, `no_position`, `stale_position` or `unreachable`. */
            reason: string;
            /** Format: int64 */
            responder: number;
            role: string;
            /**
             * Format: int64
             * @description With `busy`: the task that holds this person.
             */
            task?: number | null;
            /**
             * Format: double
             * @description When this person would be there, seconds from now.
             */
            travel_time_s: number;
        };
        /** @description `event: reload`: what was missed cannot be told any more; everything must be asked anew. The stream goes on from here. */
        Reload: {
            /** @description From here on nothing is left out. */
            version: string;
        };
        /** @description Who answers for a place. */
        Responsible: {
            community?: components["schemas"]["AreaName"] | null;
            organisation?: components["schemas"]["OrganisationName"] | null;
        };
        /** @description From where to where. */
        RouteQuestion: {
            /** @description The frame of both places: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`. */
            frame?: string | null;
            /** @description Where one is. */
            from: components["schemas"]["AskedPlace"];
            /** @description How one goes: `foot` (if left out), `e_bike` or `car`. */
            mode?: string | null;
            /** @description Where one wants to be: a place in a building means its doors. */
            to: components["schemas"]["AskedPlace"];
        };
        /** @description A way, for somebody who belongs to no compound on it, at this hour. */
        RouteView: {
            doubt?: components["schemas"]["DoubtView"] | null;
            estimated?: components["schemas"]["EstimatedRoute"] | null;
            /** @description The version of the roads. */
            graph_version: string;
            /** @description Its parts, by street. */
            legs: components["schemas"]["LegView"][];
            /** @description Its corners as longitude and latitude; null where it was estimated. */
            path?: number[][] | null;
            /**
             * Format: double
             * @description How long it is, metres.
             */
            path_m: number;
            /**
             * Format: double
             * @description How long it takes, seconds.
             */
            travel_time_s: number;
        };
        /** @description What was found, what fits best first. */
        SearchView: {
            results: components["schemas"]["NamedView"][];
            version: string;
        };
        /** @description How much of something was covered, from what is certain to what is possible. */
        ShareView: {
            /**
             * Format: int32
             * @description Covered for certain.
             */
            certain: number;
            /**
             * Format: int32
             * @description All there are: what the others are shares of.
             */
            of: number;
            /**
             * Format: int32
             * @description Perhaps, those that are certain included.
             */
            possible: number;
        };
        /** @description Somebody on duty. */
        ShiftNow: {
            /** @description `resident`, `rotating` or `on_call`. */
            duty: string;
            /** Format: int64 */
            responder: number;
            /** Format: int64 */
            task?: number | null;
            until?: string | null;
        };
        /** @description A page of shifts, by responder. */
        ShiftPage: {
            /** @description Give it as `cursor` for the next page; null at the end. */
            next?: string | null;
            shifts: components["schemas"]["ShiftView"][];
            /** @description The version of the map. */
            version: string;
        };
        /** @description Somebody's shift. Where this person is, is not said here. */
        ShiftView: {
            duty: components["schemas"]["DutyView"];
            duty_post?: components["schemas"]["PlaceView"] | null;
            from: string;
            /**
             * Format: int64
             * @description The area this person works in.
             */
            home_area?: number | null;
            /** @description `foot`, `e_bike` or `car`. */
            mode: string;
            /** Format: int64 */
            responder: number;
            /**
             * Format: int64
             * @description How often it was written.
             */
            revision: number;
            /** @description `grid_worker`, `watcher`, `mediator`, `expert` or `officer`. */
            role: string;
            /**
             * Format: int64
             * @description The task that this person is busy with.
             */
            task?: number | null;
            /** @description Null for who has no end by the roster. */
            until?: string | null;
        };
        /** @description A street close by. */
        StreetView: {
            /** Format: double */
            distance_m: number;
            /** Format: int64 */
            id: number;
            name: string;
        };
        /** @description Tasks with something still to be done. */
        TaskList: {
            /** @description How many there are in all; more than were answered where the limit was reached. */
            count: number;
            /** @description The newest first. */
            tasks: components["schemas"]["TaskOnTheWay"][];
            version: string;
        };
        /** @description A task. */
        TaskNow: {
            /** Format: int64 */
            case: number;
            made_at: string;
            place: components["schemas"]["PlaceView"];
            /** Format: int64 */
            responder?: number | null;
            /** @description `open`, `offered`, `sent`, `accepted`, `on_scene`, `done` or `cancelled`. */
            state: string;
        };
        /** @description A task and where who has it is now. */
        TaskOnTheWay: components["schemas"]["TaskView"] & {
            /** @description `foot`, `e_bike` or `car`: how who has it goes. */
            mode?: string | null;
            position?: components["schemas"]["PositionView"] | null;
            /** @description `grid_worker`, `watcher`, `mediator`, `expert` or `officer`: who has it. */
            role?: string | null;
        };
        /** @description A task. */
        TaskView: {
            /** @description The areas in which it lay when it was made, the widest first, by today's names. */
            areas: components["schemas"]["AreaName"][];
            /** Format: int64 */
            case: number;
            /** Format: int64 */
            id: number;
            made_at: string;
            place: components["schemas"]["PlaceView"];
            /**
             * Format: int64
             * @description Who has it.
             */
            responder?: number | null;
            /**
             * Format: int64
             * @description How often it was written.
             */
            revision: number;
            /** @description `open`, `offered`, `sent`, `accepted`, `on_scene`, `done` or `cancelled`. */
            state: string;
        };
        /** @description What the stream says of a thing itself; of kinds that are not here, that they changed. */
        Thing: {
            case?: components["schemas"]["CaseNow"] | null;
            closure?: components["schemas"]["ClosureNow"] | null;
            hazard?: components["schemas"]["HazardNow"] | null;
            patrol?: components["schemas"]["PatrolNow"] | null;
            shift?: components["schemas"]["ShiftNow"] | null;
            task?: components["schemas"]["TaskNow"] | null;
        };
        /** @description A notice that was given up. */
        TrayView: {
            /** @description When the commit was. */
            at: string;
            /** @description What it would have told. */
            body: components["schemas"]["NoticeBody"];
            given_up_at: string;
            /** Format: int64 */
            number: number;
            reason: string;
            webhook: string;
        };
        /** @description What hinders a webhook. */
        TroubleView: {
            /** @description The last fault. */
            fault: string;
            /** @description When it is tried again. */
            next_at: string;
            since: string;
            /**
             * Format: int32
             * @description How often it was tried in vain since then.
             */
            tries: number;
        };
        /** @description A visit of a checkpoint. */
        VisitView: {
            at: string;
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            patrol: number;
            place: components["schemas"]["PlaceView"];
        };
        /** @description How a webhook fares. */
        WebhookView: {
            /**
             * Format: int64
             * @description Notices in the tray.
             */
            given_up: number;
            /** @description Of which kinds it is told; none where it is set up no more, and its notices lie about. */
            kinds: string[];
            /** @example city-platform */
            name: string;
            trouble?: components["schemas"]["TroubleView"] | null;
            /**
             * Format: int64
             * @description Notices still to be told.
             */
            waiting: number;
        };
        /** @description Who was sent already. */
        WinnerView: {
            /** Format: int64 */
            case: number;
            made_at: string;
            /** Format: int64 */
            responder: number;
            /** Format: int64 */
            task: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
