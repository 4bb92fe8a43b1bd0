"""The register and staff tables."""

from collections.abc import Mapping

from storage.keeping.holdings.base import LAW, Held, Keyed, Lapses, Sealed, of_column, stays

REGISTER: Mapping[str, Held] = {
    "applicants": stays(
        "the identity number of everybody who has an application",
        because=LAW,
        kept="for good: as long as the office's register",
        columns={"nik": Sealed(), "nik_index": Keyed(of="nik", text=of_column("nik"))},
    ),
    "applications": stays(
        "name, telephone number, village and stage of an application",
        because=LAW,
        kept="for good: as long as the office's register",
        columns={
            "name": Sealed(),
            "phone": Sealed(),
            "note": Sealed(),
            "phone_index": Keyed(of="phone", text=of_column("phone")),
            "digest": Lapses(days=0, meaning="a shortcut: without it the next import compares every field"),
        },
    ),
    "stage_history": stays(
        "which stage when",
        because=LAW,
        kept="for good: as long as the office's register",
    ),
    "forecasts": stays("sums of past waits and of what predictions were worth"),
    "imports": stays(
        "which file was taken in when",
        columns={"file_digest": Lapses(days=0, meaning="tells whether two imports were of one file")},
    ),
    "import_changes": stays(
        "an application as it was before an import changed it, for a day",
        because=LAW,
        kept="imports that can be taken back",
        columns={"before": Sealed()},
    ),
    "import_words": stays("what the words of the office's lists mean", kept="for good: it names no resident"),
}
OFFICE: Mapping[str, Held] = {
    "text_templates": stays("texts that staff keep at hand", kept="for good: it names no resident"),
    "service_words": stays("what staff say that a service needs", kept="for good: it names no resident"),
    "staff": stays(
        "names of members of staff",
        because="it names no resident",
        kept="for good: the audit needs it",
        columns={"pin": Sealed()},
    ),
    "staff_codes": Held(
        holds="keyed hashes of one-time codes of staff, and the staff chat that asked for one",
        erased="gone",
        kept="staff codes",
        columns={"code_index": Lapses(days=1, meaning="an invitation can be used")},
    ),
    "staff_sessions": stays(
        "keyed hashes of browsers' sessions",
        kept="staff sessions",
        columns={"token_index": Lapses(days=1, meaning="a browser stays signed in")},
    ),
    "staff_accounts": stays(
        "staff's accounts of the office's single sign-on",
        because="it names no resident",
        kept="for good: until its owner removes it or is revoked",
        columns={
            "account_index": Keyed(of="staff-account", text=of_column("account")),
            "account": Sealed(),
        },
    ),
    "staff_passkeys": stays(
        "public keys of staff's passkeys",
        because="it names no resident",
        kept="for good: until its owner removes it or is revoked",
        columns={
            "credential_index": Keyed(of="staff-passkey", text=of_column("credential")),
            "credential": Sealed(),
            "public_key": Sealed(),
        },
    ),
    "staff_forms": stays(
        "keyed hashes of forms that were used",
        kept="staff forms",
        columns={"form_index": Lapses(days=1, meaning="a form counts once")},
    ),
    "api_tokens": stays(
        "SHA-256 of the tokens of the office's own systems, and what each may do",
        kept="for good: the audit names them",
    ),
    "api_answers": stays(
        "answers to the office's own systems, for requests that come again",
        because="it names no chat",
        kept="answers of the API",
        columns={
            "key_index": Lapses(days=1, meaning="a request counts once"),
            "request_index": Lapses(days=1, meaning="another request with the same key is refused"),
            "answer": Lapses(days=1, meaning="sealed; goes within a day"),
        },
    ),
    "jobs": stays(
        "long work of staff",
        because="it names no chat",
        kept="long work of staff",
        columns={
            "argument": Lapses(days=1, meaning="sealed; goes within a day"),
            "outcome": Lapses(days=1, meaning="sealed; goes within a day"),
        },
    ),
    "job_files": stays(
        "parts of a register file on its way in",
        because=LAW,
        kept="files of imports",
        columns={"body": Lapses(days=1, meaning="sealed; goes within a day")},
    ),
    "audit": Held(
        holds="who looked at or changed what",
        erased="blanked",
        actors=("actor", "subject"),
        kept="audit",
    ),
    "processes": stays("which processes work on the database, and the ids of their keys", kept="processes"),
    "webhook_targets": stays(
        "which systems of the office are told of events, and the secrets that sign",
        kept="for good: until it is removed; it names no resident",
        columns={"url": Sealed(), "secret": Sealed(), "secret_before": Sealed()},
    ),
    "webhook_deliveries": stays(
        "events that wait for other systems: ids of applications, ticket codes, numbers of cases",
        because="it names no chat; what was given up goes within a month",
        kept="events of webhooks",
    ),
    "writing_key": stays("which key new values are written with"),
}
