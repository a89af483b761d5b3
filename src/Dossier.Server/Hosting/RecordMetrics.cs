using System.Diagnostics.Metrics;
using Dossier.Core;
using Dossier.Core.Webhooks;
using Dossier.Server.Webhooks;
using Dossier.Storage;

namespace Dossier.Server.Hosting;

/// <summary>What an operator of the record asks for beside requests. All of it is counted anyway and read only when somebody collects it.</summary>
internal static class RecordMetrics
{
    public static void Observe(Meter meter, DossierStore store, Domain domain, IWebhookSender sender)
    {
        var statistics = store.Statistics;
        Count(meter, "dossier.store.reads", "Read transactions.", () => statistics.Reads);
        Count(meter, "dossier.store.writes", "Writes that were committed; many share a commit.", () => statistics.Writes);
        Count(meter, "dossier.store.commits", "Commits.", () => statistics.Commits);
        meter.CreateObservableCounter("dossier.store.commit.time", () => statistics.CommitTime.TotalSeconds, "s", "Time spent on commits, from their first statement.");
        meter.CreateObservableGauge("dossier.store.writes.waiting", () => statistics.WaitingWrites, description: "Writes that wait for the next commit.");
        Count(meter, "dossier.audit.seals", "Seals of the audit log that this process added.", () => statistics.Seals);
        Count(meter, "dossier.audit.sealed.events", "Events that those seals cover.", () => statistics.SealedEvents);
        Count(meter, "dossier.access.levels.remembered", "Permission checks answered from memory.", () => domain.Access.Remembered);
        Count(meter, "dossier.access.levels.looked.up", "Permission checks that asked the database.", () => domain.Access.LookedUp);
        if (sender is HttpWebhookSender http)
        {
            Count(meter, "dossier.webhooks.accepted", "Webhook requests that their receivers accepted.", () => http.Accepted);
            Count(meter, "dossier.webhooks.failed", "Webhook requests that failed or were refused by their receivers.", () => http.Failed);
        }
    }

    private static void Count(Meter meter, string name, string help, Func<long> value) => meter.CreateObservableCounter(name, value, description: help);
}
