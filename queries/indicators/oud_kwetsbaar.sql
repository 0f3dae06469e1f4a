/*
titel: Kwetsbaar onder de beoordeelde 75-plussers
vraag: Welk deel van de 75-plussers van wie de kwetsbaarheid in de laatste 12 maanden is beoordeeld, is kwetsbaar?
waarom: Laat zien hoe zwaar de groep is, en of vooral kwetsbare of alle ouderen worden beoordeeld.
teller: Patiënten uit de noemer van wie het laatste antwoord op kwetsbaarheid ja is (HIS of VIPLive; op dezelfde dag gaat ja voor).
noemer: Vast ingeschreven patiënten van 75 jaar of ouder met in het venster een antwoord ja of nee op kwetsbaarheid (HIS 2785, 2808 of 3686, of VIPLive).
uitsluitingen: Wie in het venster geen antwoord heeft; een VIPLive-rij zonder oordeel; passanten; jonger dan 75 jaar.
maat: aandeel
soort: stand
klasse: uitkomst
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: geen
thema: 35
vakgroep: ouderenzorg
aandoeningen:
begrippen: kwetsbaarheid
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-kwetsbaarheid
referentie: Koers 2024, thema 35 Gestructureerde ouderenzorg; InEen-indicatoren ouderenzorg (2023)
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

elderly as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from registered_months
    where age >= 75
),

answered as (
    select
        patient_id,
        first_index,
        next_index,
        answer
    from latest_values
    where concept = 'kwetsbaarheid_ja_eerst'
),

final as (
    select
        elderly.practice_id,
        elderly.area_id,
        elderly.age_band,
        elderly.sex,
        elderly.period_start,
        count(*) filter (where answered.answer = 'ja') as numerator,
        count(*) as denominator
    from elderly
    inner join answered
        on
            elderly.patient_id = answered.patient_id
            and elderly.period_index >= answered.first_index
            and elderly.period_index < answered.next_index
            and elderly.period_index < answered.first_index + 12
    group by elderly.practice_id, elderly.area_id, elderly.age_band, elderly.sex, elderly.period_start
)

select * from final

/*
voorbeeld: het laatste antwoord telt, uit het HIS of VIPLive; op dezelfde dag gaat ja voor
periode: 2022-12

patients
patient_id | birth_year
1          | 1940
2          | 1940
3          | 1940
4          | 1940

measurements
patient_id | nhg_number | measured_on | answer
1          | 2785       | 2022-03-01  | ja
2          | 3686       | 2022-03-01  | ja
3          | 2808       | 2022-06-01  | nee
4          | 2785       | 2022-06-01  | ja

frailty_assessments
patient_id | assessed_on | instrument | frail
1          | 2022-09-01  | TraZAG     | false
3          | 2022-06-01  | GFI        | true
4          | 2022-06-01  | oordeel    | false

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 4
*/

/*
voorbeeld: een rij zonder oordeel wist het antwoord niet uit en geeft er geen; een antwoord van voor het venster telt niet; jonger dan 75 telt niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1940
2          | 1940
3          | 1940
4          | 1948
5          | 1947

measurements
patient_id | nhg_number | measured_on | answer
1          | 2785       | 2022-01-01  | ja
3          | 2785       | 2021-12-31  | ja
4          | 2785       | 2022-06-01  | ja
5          | 2785       | 2022-12-31  | nee

frailty_assessments
patient_id | assessed_on | instrument | frail
1          | 2022-09-01  | TraZAG     |
2          | 2022-09-01  | TraZAG     |

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 2
2022-12-01   | 1         | 2
*/
