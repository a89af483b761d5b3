namespace Dossier.Reports;
