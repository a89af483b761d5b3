using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Dossier.Vision.Cli.Serving.Capture;
using Dossier.Vision.Cli.Serving.Input;
using Dossier.Vision.Cli.Serving.Models;
using Dossier.Vision.Cli.Serving.Scoring;
using Dossier.Vision.Cli.Serving.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Dossier.Vision.Cli.Serving.Http;

/// <summary>Answers a scoring request: room → body → pictures → queue → answer, counted and captured whatever its end.</summary>
internal sealed class Invocations(
    ScoringServerOptions options,
    ModelHolder models,
    ScoringQueue queue,
    ScoringPipeline pipeline,
    ServingMetrics metrics,
    CaptureWriter? capture,
    ErrorAnswers errors)
{
    // Four full bodies at once; the queue bounds the rest.
    private readonly ByteBudget _budget = new(4 * options.MaxBodyBytes);

    /// <summary>The route's handler.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var start = options.Clock.GetTimestamp();
        var (at, id) = (options.Clock.GetUtcNow(), Guid.CreateVersion7().ToString("N"));
        var model = models.Use();
        ScoringRequest? request = null;
        ProtocolException? error = null;
        await using var leaving = http.RequestAborted.Register(metrics.ClientLeft);
        using var body = new BodyBuffer(_budget, options.MaxBodyBytes);
        try
        {
            http.Response.Headers["Dossier-Request-Id"] = id;
            if (model.Target.Version is { } version)
            {
                http.Response.Headers["Dossier-Model-Version"] = version;
            }

            queue.RequireRoom();
            request = new(model, await InvocationReader.ReadAsync(http.Request, body, queue.Capacity), http.RequestAborted);
            pipeline.Submit(request);
            await request.EndAsync();
        }
#pragma warning disable CA1031 // Answered below, as every failure must be, and counted.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (ErrorAnswers.IsGone(http, failure))
            {
                metrics.RequestDone(StatusCodes.Status499ClientClosedRequest, options.Clock.GetElapsedTime(start));
                return;
            }

            error = failure is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
                ? Refusals.BodyTooLarge(options.MaxBodyBytes)
                : errors.Of(http, failure);
        }
        finally
        {
            model.Release();
        }

        var status = error?.StatusCode ?? StatusCodes.Status200OK;
        var duration = options.Clock.GetElapsedTime(start);
        metrics.RequestDone(status, duration);
        Capture(id, at, model.Target, status, duration, request, error);
        await (error is null
            ? Answers.PredictionsAsync(http.Response, [.. request!.Jobs.Select(job => job.Answer!)])
            : errors.AnswerAsync(http, error));
    }

    private void Capture(
        string id, DateTimeOffset at, ModelTarget model, int status, TimeSpan duration, ScoringRequest? request, ProtocolException? error)
    {
        if (capture is null)
        {
            return;
        }

        var whole = new CaptureRow(
            id, at, model.Name, model.Version, status, duration, Row: null, Sha256: null, Picture: null, Label: null, Score: null, error?.Message);
        if (request is null || request.Jobs.Count == 0)
        {
            capture.Add(whole);
            return;
        }

        for (var row = 0; row < request.Jobs.Count; row++)
        {
            // A request that failed has no answers, though some of its pictures may.
            var (job, answer) = (request.Jobs[row], error is null ? request.Jobs[row].Answer : null);
            capture.Add(whole with { Row = row, Sha256 = job.Sha256, Picture = job.Bytes, Label = answer?.Label, Score = answer?.Score });
        }
    }
}
