"""nurture: relationship-first follow-ups. It reads the outbound mailbox, judges, and writes drafts; it never sends.

Mail flows one way: *mailbox -> messages -> conversations -> stage -> plan -> draft -> mailbox*. The middle decides and
touches nothing; the two ends touch the world and decide nothing. One run is a story of seven lines (`nurture.run`):

    fetch        read what is new
    reconcile    see what became of our drafts
    converse     thread, and know who is who
    judge        stage, turn, silence
    plan         one decision a person, with its reason
    write        render and check the texts
    apply        append, look back, confirm

and then tells the owner what waits for them: the review sheet (`summarise`, `post`).

The core decides on values alone (no socket, table, clock or environment):

    config           the configuration, declared once
    messages/        bytes -> Message: parser, body, automatic mail, language
    conversations/   who is who, which thread, what was exchanged
    stages/          conversation -> verdict: lexicon, signals, dates, awaits, stage, turn
    followups/       verdicts + ledger + policy + now -> plan: sequences, cadence, silence, holds, courtesy
    drafts/          plan item + capsule -> text -> bytes: templates, lint, confidentiality, MIME, outcome
    sheet/           what a run knows -> the review sheet in the owner's language -> bytes

The edges own one library each, translate its errors, and know no other edge:

    mailbox/         contract, IMAP behind one gateway, Maildir, memory, folder roles
    store/           SQLAlchemy tables, one module a concept, the suppression list

The shell is short verbs in the order of the story: fetch (survey, intake, heed, honour, past), understand, reconcile, verdicts, apply, run, review,
summarise, post; revise and migrate change sequences; preview, simulate and replay (rehearse, hindsight) play that story in memory, with the
same code; `exchange/` reads and writes files that other programs know, `enrol` takes in the people of one; `guard` keeps the process from
connecting or executing anything that is not configured; `cli/` alone prints and reads the clock.

Departures from the first plan of the house, and why:

* `fetch` reads header rows and `understand` reads bodies, because what a message says depends on what was said before it:
  headers of every folder come first, then the words of people alive within `lookback`, oldest first. A newer reader of
  the words then reads again without touching `fetch`.
* A conversation is kept as one person's whole exchange. A first mail written to several people is listed, never drafted.
* Trash is read for signs of life, as Junk is: an answer that the owner or a filter threw away is an answer. Only header fields
  are read there (and delivery reports, which name in their words whose mail failed), no draft is built on it, and what comes
  from the owner's own hand counts for nothing there: it is a draft thrown away.
* What lies in a Sent folder is ours, whatever alias it was sent from, unless somebody known wrote it.
* All accounts are read before anything is judged, Sent first in each; whoever becomes known has their past read in the same
  run, everywhere. What could not be read is tried again, and for three weeks nobody is followed up over it.
* A mailbox looks wrong when most of it vanished between two runs, all of it was numbered anew, or a folder counts backwards;
  one emptied folder is a person's work. The owner's word (`run --mailbox-changed`) ends the alarm.
* What is known of others is not searched by an automaton in memory: a draft names a hundred things at most, and the database's index
  finds each of them in no time, where an automaton over a hundred thousand people would be built anew by every run.
* Completing a word in the shell looks into the SQLite file itself (`cli/offers`), for loading SQLAlchemy takes longer than one waits.
* `world.py` bundles what one run works with, so that no verb of the shell takes more than a few arguments.
"""

__version__ = "0.1.0"
