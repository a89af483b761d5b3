using System.Globalization;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Replay;

/// <summary>
/// Requests that the recorded session sent but the recording leaves out, because it had seen one of their kind:
/// what later answers show of them is made here, before the exchange whose label is named.
/// </summary>
public sealed class LeftOut(RunningServer server, IdMap ids, string run, string suffix)
{
    private const string Mlflow = "/api/2.0/mlflow/";
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts/1/RUN/artifacts/";

    private static readonly ILookup<string, (string Method, string Url, string Body)> Steps = new (string Label, string Method, string Url, string Body)[]
    {
        ("client.rename_experiment", "POST", Mlflow + "experiments/create", """{"name": "exp2-N", "artifact_location": "mlflow-artifacts:/customN"}"""),
        ("client.log_metric(synchronous=False)", "POST", Mlflow + "runs/log-metric", """{"run_id": "RUN", "key": "mnan", "value": NaN, "timestamp": 1795396667025, "step": 0}"""),
        ("client.log_metric(synchronous=False)", "POST", Mlflow + "runs/log-metric", """{"run_id": "RUN", "key": "minf", "value": Infinity, "timestamp": 1795396667025, "step": 0}"""),
        ("client.log_metric(synchronous=False)", "POST", Mlflow + "runs/log-metric", """{"run_id": "RUN", "key": "mninf", "value": -Infinity, "timestamp": 1795396667025, "step": 0}"""),
        ("client.set_tag", "POST", Mlflow + "runs/log-batch", """{"run_id": "RUN", "params": [{"key": "pasync", "value": "1"}]}"""),
        ("client.get_metric_history", "POST", Mlflow + "runs/log-batch", """
            {"run_id": "RUN", "params": [{"key": "bp", "value": "1"}], "tags": [{"key": "bt", "value": "1"}], "metrics": [
              {"key": "bm", "value": 0.0, "timestamp": 1795396667584, "step": 0}, {"key": "bm", "value": 0.1, "timestamp": 1795396667584, "step": 1},
              {"key": "bm", "value": 0.2, "timestamp": 1795396667584, "step": 2}, {"key": "bm", "value": 0.30000000000000004, "timestamp": 1795396667584, "step": 3},
              {"key": "bm", "value": 0.4, "timestamp": 1795396667584, "step": 4}]}
            """),
        ("client.search_runs", "POST", Mlflow + "runs/update", """{"run_id": "RUN", "status": "FINISHED", "end_time": 1795396668009}"""),
        ("client.log_table", "PUT", Files + "d.json", "{\"a\": [1, 2]"),
        ("client.log_table", "PUT", Files + "some/f.txt", "hello"),
        ("client.log_table", "PUT", Files + "t.txt", "text"),
        ("client.log_table", "PUT", Files + "tree/f.txt", "hello"),
        ("client.log_table(append)", "PUT", Files + "table.json", """{"columns":["a"],"data":[[1],[2]]}"""),
        ("client.get_model_version", "POST", Mlflow + "model-versions/create", """{"name": "model-N", "source": "runs:/RUN/tree", "run_id": "RUN"}"""),
        ("client.delete_model_version_tag", "POST", Mlflow + "model-versions/set-tag", """{"name": "model-N", "version": "2", "key": "ks", "value": "v"}"""),
        ("client.set_registered_model_alias", "POST", Mlflow + "model-versions/transition-stage", """{"name": "model-N", "version": "2", "stage": "staging", "archive_existing_versions": true}"""),
        ("mlflow.register_model(existing, await)", "POST", Mlflow + "registered-models/create", """{"name": "model-N-reg"}"""),
        ("client.rename_registered_model", "POST", Mlflow + "registered-models/alias", """{"name": "model-N", "alias": "prod", "version": "1"}"""),
        ("mlflow.pyfunc.log_model(registered_model_name)", "POST", Mlflow + "registered-models/create", """{"name": "pf-N"}"""),
        ("mlflow.pyfunc.log_model(registered_model_name)", "POST", Mlflow + "model-versions/create", """{"name": "pf-N", "source": "runs:/RUN/model", "run_id": "RUN"}"""),
        ("ERR create_run in deleted experiment", "POST", Mlflow + "experiments/delete", """{"experiment_id": "2"}"""),
        ("ERR get_model_version missing", "POST", Mlflow + "registered-models/create", """{"name": "dupN"}"""),
    }.ToLookup(step => step.Label, step => (step.Method, step.Url, step.Body), StringComparer.Ordinal);

    private readonly HashSet<string> _done = [];

    /// <summary>Sends what is missing before the first exchange of this label.</summary>
    public async Task SendBeforeAsync(Recording exchange)
    {
        // The file that the recorded download finds was uploaded by a request like the recorded one.
        if (exchange.Url.EndsWith("/python_model.pkl", StringComparison.Ordinal))
        {
            await SendAsync("PUT", exchange.Url, "binary");
        }

        if (_done.Add(exchange.Label))
        {
            foreach (var (method, url, body) in Steps[exchange.Label])
            {
                await SendAsync(method, url.Replace("RUN", run, StringComparison.Ordinal), body.Replace("RUN", run, StringComparison.Ordinal).Replace("N\"", suffix + "\"", StringComparison.Ordinal).Replace("model-N-", $"model-{suffix}-", StringComparison.Ordinal));
            }
        }
    }

    private async Task SendAsync(string method, string url, string body)
    {
        var answer = await server.SendAsync(new HttpMethod(method), await ids.ToLiveAsync(url), await ids.ToLiveAsync(body));
        Assert.True((int)answer.Status == 200, string.Create(CultureInfo.InvariantCulture, $"set-up {method} {url} {body}: {answer}"));
    }
}
